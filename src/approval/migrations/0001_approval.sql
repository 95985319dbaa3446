-- 承認: what somebody asked for, frozen by the digest of its description, and who agreed to it. A request ends by being
-- used, rejected, withdrawn, or replaced by a newer one about the same object.
create table approval_request (
    entrustment blob not null,
    id blob not null,
    door text not null,
    object text not null,
    description text not null,
    digest text not null,
    made_at integer not null,
    made_by blob not null,
    expires_at integer not null,
    ended_at integer,
    ended_by blob,
    ending integer,
    primary key (entrustment, id)
);
create index approval_request_object on approval_request (entrustment, door, object);

create table approval_stage (
    entrustment blob not null,
    request blob not null,
    number integer not null,
    name text not null,
    roles integer not null,
    primary key (entrustment, request, number)
);

-- One line a stage: it is agreed to once, by one person.
create table approval_decision (
    entrustment blob not null,
    request blob not null,
    number integer not null,
    decided_at integer not null,
    decided_by blob not null,
    agreed integer not null,
    reason text not null,
    primary key (entrustment, request, number)
);
