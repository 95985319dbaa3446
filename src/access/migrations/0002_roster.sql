-- A person on the roster of an entrustment; a person taken off and put on again has two rows.
create table roster_entry (
    id blob primary key,
    entrustment blob not null,
    staff blob not null,
    kind integer not null,
    proposed_at integer not null,
    proposed_by blob not null,
    submitted_at integer,
    withdrawn_at integer,
    withdrawn_by blob,
    reason text
);
create unique index roster_entry_current on roster_entry (entrustment, staff) where withdrawn_at is null;
create index roster_entry_staff on roster_entry (staff, entrustment);

-- A roster as it was handed to the ward: frozen, names included.
create table roster_version (
    entrustment blob not null,
    number integer not null,
    submitted_at integer not null,
    submitted_by blob not null,
    digest text not null,
    primary key (entrustment, number)
);
create table roster_version_line (
    entrustment blob not null,
    number integer not null,
    line integer not null,
    staff blob not null,
    kind integer not null,
    name text not null,
    kana text not null,
    employer text not null,
    trained_until integer,
    primary key (entrustment, number, line)
);
