-- 複製台帳: what left, and how it was settled. Settling columns are null until then.
create table custody_copy (
    entrustment blob not null,
    id blob not null,
    door integer not null,
    object text not null,
    persons integer not null,
    sha256 text not null,
    recipient text not null,
    made_at integer not null,
    made_by blob not null,
    settling integer,
    method text,
    witness blob,
    note text,
    settled_at integer,
    settled_by blob,
    primary key (entrustment, id)
);
create index custody_copy_outstanding on custody_copy (entrustment, made_at) where settled_at is null;

-- Whose information a copy holds, where the door knew it.
create table custody_copy_subject (
    entrustment blob not null,
    subject blob not null,
    copy blob not null,
    primary key (entrustment, subject, copy)
);
