-- 書類: what is kept outside this system (copies of applications in a cabinet), so that its last day is known too. No
-- names: the label is the office's own number.
create table retention_document (
    entrustment blob not null,
    id blob not null,
    kind text not null,
    label text not null,
    kept_at integer not null,
    kept_by blob not null,
    disposed_at integer,
    disposed_by blob,
    disposed_how text,
    primary key (entrustment, id)
);
create unique index retention_document_label on retention_document (entrustment, kind, label);

-- What happened to it, and on which day. Of several lines for one event the last noted holds; one without a day says
-- that it is not so any more (support that was taken up again).
create table retention_event (
    entrustment blob not null,
    document blob not null,
    event text not null,
    number integer not null,
    on_day text,
    noted_at integer not null,
    noted_by blob not null,
    primary key (entrustment, document, event, number)
);

-- 保留: stops every destruction of the object, or of everything when it names none.
create table retention_hold (
    entrustment blob not null,
    id blob not null,
    object text not null,
    reason text not null,
    held_at integer not null,
    held_by blob not null,
    released_at integer,
    released_by blob,
    release_reason text,
    primary key (entrustment, id)
);
