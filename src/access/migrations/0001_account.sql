-- One person, one account: shared accounts cannot be made (K13).
create table access_account (
    id blob primary key,
    staff blob not null unique,
    login text not null unique,
    role integer not null,
    state integer not null,
    created_at integer not null
);

-- `initial`: handed over by somebody else, to be replaced at the first sign-in.
create table access_password (
    account blob primary key references access_account (id),
    hash text not null,
    initial integer not null,
    changed_at integer not null
);

-- `last_step` is the time step of the last code that was accepted: a code works once.
create table access_totp (
    account blob primary key references access_account (id),
    secret blob not null,
    last_step integer not null,
    enrolled_at integer not null
);
-- A key that is shown and not yet confirmed by a code.
create table access_totp_offer (
    account blob primary key references access_account (id),
    secret blob not null,
    offered_at integer not null
);

create table access_passkey (
    id blob primary key,
    credential blob not null unique,
    account blob not null references access_account (id),
    public_key blob not null,
    sign_count integer not null,
    backup_eligible integer not null,
    backed_up integer not null,
    label text not null,
    created_at integer not null,
    used_at integer
);
create index access_passkey_account on access_passkey (account);
-- Challenges that were answered: an answer counts once.
create table access_challenge (
    challenge blob primary key,
    answered_at integer not null
);
create index access_challenge_age on access_challenge (answered_at);

-- `token` is the SHA-256 of what the browser holds.
create table access_session (
    id blob primary key,
    token blob not null unique,
    account blob not null references access_account (id),
    started_at integer not null,
    seen_at integer not null,
    authenticated_at integer not null
);
create index access_session_account on access_session (account);

-- Failures in a row, by account name, by address and by both together.
create table access_attempt (
    subject text primary key,
    failures integer not null,
    failed_at integer not null
);

-- Whose an entrustment is and when it runs; written by the register.
create table access_fence (
    entrustment blob primary key,
    ward blob not null,
    contractor blob not null,
    starts_on text not null,
    ends_on text not null
);
create index access_fence_ward on access_fence (ward);
create index access_fence_contractor on access_fence (contractor);
