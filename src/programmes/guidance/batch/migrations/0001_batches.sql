-- One batch is one file received from the ward. Every table is keyed first by entrustment.
create table guidance_batch (
    entrustment blob not null,
    id blob not null,
    received_at integer not null,
    received_by blob not null,
    file_sha256 text not null,
    rows_in_file integer not null,
    rows_stored integer not null,
    primary key (entrustment, id)
);
create unique index guidance_batch_file on guidance_batch (entrustment, file_sha256);

-- A recipient's declared items, sealed under the key of that person; the rest is what counting needs.
create table guidance_recipient (
    entrustment blob not null,
    batch blob not null,
    row_number integer not null,
    subject blob not null,
    category text not null,
    serial integer not null,
    sealed blob not null,
    primary key (entrustment, batch, row_number)
);

create unique index guidance_recipient_serial on guidance_recipient (entrustment, batch, category, serial);

-- A row the user chose to leave out, with what was wrong; never with what stood there.
create table guidance_set_aside (
    entrustment blob not null,
    batch blob not null,
    row_number integer not null,
    column_name text not null,
    expected text not null
);

-- The letters as last composed. The files themselves are not kept: composing again gives the same bytes.
create table guidance_composition (
    entrustment blob not null,
    batch blob not null,
    composed_at integer not null,
    composed_by blob not null,
    primary key (entrustment, batch)
);
create table guidance_letters (
    entrustment blob not null,
    batch blob not null,
    category text not null,
    letters integer not null,
    pages integer not null,
    size_bytes integer not null,
    sha256 text not null,
    primary key (entrustment, batch, category)
);
create table guidance_approval (
    entrustment blob not null,
    batch blob not null,
    approved_at integer not null,
    approved_by blob not null,
    composition_digest text not null,
    primary key (entrustment, batch)
);
create table guidance_taking (
    entrustment blob not null,
    batch blob not null,
    category text not null,
    taken_at integer not null,
    taken_by blob not null
);

-- A person whose letter was not drawn (a character no font has): the number is missing from the run.
create table guidance_held_back (
    entrustment blob not null,
    batch blob not null,
    row_number integer not null,
    category text not null,
    serial integer not null,
    reason text not null
);
