-- Persons whose information is held for an entrustment. Every table is keyed first by entrustment; what is said about a
-- person stands only in columns named "sealed", under that person's own key.
create table vault_person (
    entrustment blob not null,
    subject blob not null,
    part text not null,
    created_at integer not null,
    created_by blob not null,
    merged_into blob,
    primary key (entrustment, subject)
);

create table vault_record (
    entrustment blob not null,
    subject blob not null,
    record blob not null,
    kind text not null,
    latest integer not null,
    primary key (entrustment, subject, record)
);
create unique index vault_record_basic on vault_record (entrustment, subject) where kind = 'basic';

-- Each version as it was written; none is ever changed.
create table vault_version (
    entrustment blob not null,
    subject blob not null,
    record blob not null,
    number integer not null,
    written_at integer not null,
    written_by blob not null,
    purpose text not null,
    sealed blob not null,
    primary key (entrustment, subject, record, number)
);

-- Who looked at whom, when, for which purpose; the reason is sealed.
create table vault_reveal (
    entrustment blob not null,
    subject blob not null,
    id blob not null,
    revealed_at integer not null,
    revealed_by blob not null,
    purpose text not null,
    sealed blob not null,
    primary key (entrustment, subject, id)
);

create table vault_purpose (
    entrustment blob not null,
    code text not null,
    name text not null,
    declared_at integer not null,
    declared_by blob not null,
    ended_at integer,
    primary key (entrustment, code)
);

-- 利用目的の文 (kind 0) and 同意の説明文 (kind 1), with every version that was ever shown.
create table vault_text (
    entrustment blob not null,
    number integer not null,
    kind integer not null,
    title text not null,
    version integer not null,
    content text not null,
    published_at integer not null,
    published_by blob not null,
    primary key (entrustment, number),
    unique (entrustment, kind, title, version)
);

create table vault_agency (
    entrustment blob not null,
    id blob not null,
    name text not null,
    what_for text not null,
    recorded_at integer not null,
    recorded_by blob not null,
    ended_at integer,
    primary key (entrustment, id)
);

-- The ward's consent to collecting an item from somebody else than the person (特21-4, 特31-6).
create table vault_indirect (
    entrustment blob not null,
    id blob not null,
    item text not null,
    source text not null,
    ground text not null,
    allowed_at integer not null,
    allowed_by blob not null,
    ended_at integer,
    primary key (entrustment, id)
);

-- 同意: what a person agreed to, or refused; all of it sealed. A withdrawal is a row of its own.
create table vault_consent (
    entrustment blob not null,
    subject blob not null,
    id blob not null,
    recorded_at integer not null,
    recorded_by blob not null,
    sealed blob not null,
    primary key (entrustment, subject, id)
);
create table vault_consent_withdrawal (
    entrustment blob not null,
    subject blob not null,
    consent blob not null,
    recorded_at integer not null,
    recorded_by blob not null,
    sealed blob not null,
    primary key (entrustment, subject, consent)
);

-- 統合: `gone` is told to be the same person as `subject`. Nothing is deleted: undoing restores both.
create table vault_merge (
    entrustment blob not null,
    subject blob not null,
    gone blob not null,
    id blob not null,
    record blob not null,
    version_before integer not null,
    version_after integer not null,
    merged_at integer not null,
    merged_by blob not null,
    sealed blob not null,
    undone_at integer,
    undone_by blob,
    primary key (entrustment, id)
);
