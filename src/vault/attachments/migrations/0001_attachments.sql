-- 添付: files kept beside a person's records. What is in a file, and what it is called, stands only in columns named
-- "sealed", under the person's own key; the file in pieces of equal length.
create table vault_attachment (
    entrustment blob not null,
    subject blob not null,
    id blob not null,
    paper text not null,
    kind text not null,
    pages integer not null,
    size integer not null,
    pieces integer not null,
    purpose text not null,
    added_at integer not null,
    added_by blob not null,
    state integer not null,
    checked_at integer,
    signatures text,
    sealed blob not null,
    primary key (entrustment, subject, id)
);
create index vault_attachment_waiting on vault_attachment (added_at) where state = 0;

create table vault_attachment_piece (
    entrustment blob not null,
    subject blob not null,
    attachment blob not null,
    number integer not null,
    sealed blob not null,
    primary key (entrustment, subject, attachment, number)
);

-- Who was shown which attachment, when, for which purpose; the reason is sealed.
create table vault_attachment_showing (
    entrustment blob not null,
    subject blob not null,
    id blob not null,
    attachment blob not null,
    shown_at integer not null,
    shown_by blob not null,
    purpose text not null,
    sealed blob not null,
    primary key (entrustment, subject, id)
);
