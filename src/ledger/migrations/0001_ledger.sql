-- One entry; `bytes` is what the tree hashes, the other columns only find it again.
create table ledger_entry (
    seq integer primary key,
    at integer not null,
    act text not null,
    actor text not null,
    entrustment blob,
    object text not null,
    bytes blob not null
);
create index ledger_entry_at on ledger_entry (at, seq);
create index ledger_entry_act on ledger_entry (act, seq);
create index ledger_entry_actor on ledger_entry (actor, seq);
create index ledger_entry_entrustment on ledger_entry (entrustment, seq);
create index ledger_entry_object on ledger_entry (object, seq);

-- Tiles of the tree with the complete subtrees above their hashes (src/ledger/tree/tile.h).
create table ledger_tile (
    level integer not null,
    number integer not null,
    nodes blob not null,
    primary key (level, number)
);

-- One row: how many entries there are, how many the tree holds, and its root.
create table ledger_head (
    id integer primary key,
    entries integer not null,
    tree_size integer not null,
    tree_root blob
);
insert into ledger_head (id, entries, tree_size, tree_root) values (1, 0, 0, null);

-- Signed tree heads that have been published.
create table ledger_checkpoint (
    size integer primary key,
    at integer not null,
    note text not null
);

-- The ward's signatures under them.
create table ledger_cosignature (
    size integer not null,
    witness text not null,
    at integer not null,
    line text not null,
    primary key (size, witness)
);
