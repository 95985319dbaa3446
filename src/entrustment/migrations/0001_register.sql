-- 委託. `contractor` is the organisation, once it is decided; versions say its name as the paper does.
create table entrustment (
    id blob primary key,
    code text not null unique,
    ward blob not null,
    contractor blob,
    created_at integer not null
);

-- A version as one text (TOML, as in definition files). States: 0 draft, 1 reported, 2 carried to another fiscal year,
-- 3 completed with its contractor, 4 withdrawn. Only a draft changes, and `revision` counts its changes.
create table entrustment_version (
    entrustment blob not null references entrustment (id),
    number integer not null,
    state integer not null,
    revision integer not null,
    made_from integer,
    content text not null,
    reason text not null,
    created_at integer not null,
    created_by text not null,
    changed_at integer not null,
    changed_by text not null,
    settled_at integer,
    settled_by text,
    primary key (entrustment, number)
);
create unique index entrustment_version_draft on entrustment_version (entrustment) where state = 0;

-- Each change of a draft, with the text it led to: who changed what, when and why.
create table entrustment_change (
    entrustment blob not null,
    number integer not null,
    revision integer not null,
    section text not null,
    reason text not null,
    at integer not null,
    made_by text not null,
    content text not null,
    primary key (entrustment, number, revision)
);

-- 業務フロー, as the ward published it and the contractor acknowledged it.
create table work_flow (
    entrustment blob not null references entrustment (id),
    number integer not null,
    note text not null,
    published_at integer not null,
    published_by text not null,
    acknowledged_at integer,
    acknowledged_by text,
    primary key (entrustment, number)
);
create table work_flow_step (
    entrustment blob not null,
    number integer not null,
    step integer not null,
    who text not null,
    what text not null,
    medium text not null,
    primary key (entrustment, number, step)
);
