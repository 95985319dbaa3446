-- A letter of which something is known beyond its printing. No row: nothing happened to its first edition yet.
create table guidance_envelope (
    entrustment blob not null,
    batch blob not null,
    category text not null,
    serial integer not null,
    edition integer not null,
    state integer not null,
    changed_at integer not null,
    changed_by blob not null,
    bundle integer not null,
    primary key (entrustment, batch, category, serial)
);
create index guidance_envelope_open on guidance_envelope (entrustment, batch, changed_by) where state = 2;

-- 不一致: papers that did not agree. Never what stood on them.
create table guidance_mismatch (
    entrustment blob not null,
    batch blob not null,
    at integer not null,
    by_staff blob not null,
    reason text not null
);
create index guidance_mismatch_batch on guidance_mismatch (entrustment, batch, at);

-- 損紙: a paper that will not go out, and what became of it.
create table guidance_spoilage (
    entrustment blob not null,
    batch blob not null,
    category text not null,
    serial integer not null,
    edition integer not null,
    reason text not null,
    at_hand integer not null,
    method text not null,
    witness blob,
    spoiled_at integer not null,
    spoiled_by blob not null,
    agreed_at integer,
    agreed_by blob,
    primary key (entrustment, batch, category, serial, edition)
);

-- 封入物の出入り: received from the ward (above 0), spoiled or given back (below 0). What went into envelopes is
-- counted from the envelopes.
create table guidance_insert_move (
    entrustment blob not null,
    insert_id text not null,
    quantity integer not null,
    note text not null,
    moved_at integer not null,
    moved_by blob not null
);
create index guidance_insert_move_of on guidance_insert_move (entrustment, insert_id);

create table guidance_bundle (
    entrustment blob not null,
    batch blob not null,
    number integer not null,
    category text not null,
    first_serial integer not null,
    last_serial integer not null,
    letters integer not null,
    box integer not null,
    closed_at integer not null,
    closed_by blob not null,
    primary key (entrustment, batch, number)
);
create table guidance_box (
    entrustment blob not null,
    batch blob not null,
    number integer not null,
    letters integer not null,
    thing blob not null,
    closed_at integer not null,
    closed_by blob not null,
    primary key (entrustment, batch, number)
);
create table guidance_closing (
    entrustment blob not null,
    batch blob not null,
    sealed integer not null,
    pulled integer not null,
    closed_at integer not null,
    closed_by blob not null,
    primary key (entrustment, batch)
);
