-- The ward and the contractors.
create table party_organisation (
    id blob primary key,
    kind integer not null,
    name text not null unique
);

-- 担当課 of a ward.
create table party_department (
    id blob primary key,
    organisation blob not null references party_organisation (id),
    name text not null,
    unique (organisation, name)
);

-- People who work for them. Operators' names are plain here; residents' never are.
create table party_staff (
    id blob primary key,
    organisation blob not null references party_organisation (id),
    department blob references party_department (id),
    name text not null,
    kana text not null,
    attested_by blob references party_staff (id),
    attested_at integer
);
create index party_staff_organisation on party_staff (organisation, kana);
