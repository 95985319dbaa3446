-- 別の人: two registrations that look alike and were told to be two people, the smaller id first; they are not offered as
-- duplicates again. The reasons are sealed under the first one's key. Taking it back ends the row and keeps it.
create table vault_distinction (
    entrustment blob not null,
    subject blob not null,
    other blob not null,
    id blob not null,
    told_at integer not null,
    told_by blob not null,
    sealed blob not null,
    ended_at integer,
    ended_by blob,
    ended_sealed blob,
    primary key (entrustment, id)
);
create unique index vault_distinction_pair on vault_distinction (entrustment, subject, other) where ended_at is null;

-- The list of persons is turned page by page.
create index vault_person_newest on vault_person (entrustment, created_at, subject);
