-- 消去: what was to be destroyed, what was agreed to, and each step as it was done. These rows outlive what they tell of;
-- they hold ids, counts and digests only.
create table erasure (
    entrustment blob not null,
    id blob not null,
    target integer not null,
    object text not null,
    cause integer not null,
    planned_at integer not null,
    planned_by blob not null,
    approval blob not null,
    subjects integer not null,
    subjects_digest text not null,
    keys integer not null,
    keys_digest text not null,
    withdrawn_at integer,
    acknowledged_at integer,
    acknowledged_by blob,
    primary key (entrustment, id)
);

-- What the plan counted, table by table.
create table erasure_row (
    entrustment blob not null,
    erasure blob not null,
    place text not null,
    found integer not null,
    primary key (entrustment, erasure, place)
);

-- Whose keys are destroyed, by opaque id: so that a restored copy can be emptied of them again. For a whole entrustment
-- the entrustment's own id says it.
create table erasure_subject (
    entrustment blob not null,
    erasure blob not null,
    erased blob not null,
    primary key (entrustment, erasure, erased)
);

-- A word of ours, sealed under keys that are to be destroyed, and opened once before: what must not open afterwards.
create table erasure_probe (
    entrustment blob not null,
    erasure blob not null,
    erased blob not null,
    sealed blob not null,
    primary key (entrustment, erasure, erased)
);

create table erasure_step (
    entrustment blob not null,
    erasure blob not null,
    step integer not null,
    done_at integer not null,
    done_by blob,
    seq integer not null,
    number integer not null,
    generation integer not null,
    epoch integer not null,
    primary key (entrustment, erasure, step)
);

create table erasure_certificate (
    entrustment blob not null,
    erasure blob not null,
    stage integer not null,
    issued_at integer not null,
    note text not null,
    seq integer not null,
    primary key (entrustment, erasure, stage)
);

-- 鍵の控え and データの控え: copies of the keystore and of the store that were made, until they are known to be destroyed.
create table erasure_backup_set (
    id blob not null primary key,
    kind integer not null,
    label text not null,
    made_at integer not null,
    expires_at integer not null,
    generation integer not null,
    recorded_at integer not null,
    recorded_by blob,
    destroyed_at integer,
    destroyed_by blob,
    destroyed_how text
);
