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

-- What stands in every full block of 256 entries (src/ledger/block_digest.h).
create table ledger_block (
    number integer primary key,
    digest blob not null
);

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
