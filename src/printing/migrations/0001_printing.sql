-- 印刷: what the ward designated, every job from its request to the end of its paper, and the logs given to the ward.
create table printing_limits (
    entrustment blob not null primary key,
    sheets_per_job integer not null,
    sheets_per_day integer not null,
    take_up_minutes integer not null,
    settle_hours integer not null,
    set_at integer not null,
    set_by blob not null
);

-- Columns of what has not happened yet are null. No words about residents: file names tell what and when.
create table printing_job (
    entrustment blob not null,
    id blob not null,
    number integer not null,
    asked_at integer not null,
    asked_by blob not null,
    source text not null,
    reference text not null,
    file_name text not null,
    sha256 text not null,
    pages integer not null,
    persons integer not null,
    printer text not null,
    copies integer not null,
    purpose text not null,
    next_step integer not null,
    recipient text not null,
    over_reason text not null,
    take_up_minutes integer not null,
    settle_hours integer not null,
    approval blob not null,
    delivery integer not null,
    attempt integer not null,
    attempt_at integer,
    spool_job integer,
    sent_at integer,
    sent_by blob,
    computer text,
    host text,
    finished_at integer,
    sheets_reported integer,
    trouble text,
    collected_at integer,
    collected_by blob,
    accounted_at integer,
    accounted_by blob,
    handed_on integer,
    destroyed integer,
    missing integer,
    method text,
    witness blob,
    note text,
    primary key (entrustment, id)
);
create unique index printing_job_number on printing_job (entrustment, number);
create index printing_job_delivery on printing_job (delivery) where delivery in (1, 2, 3);

-- 部: each copy of a job, as it stands in the copy ledger (null where no resident is told of).
create table printing_copy (
    entrustment blob not null,
    job blob not null,
    number integer not null,
    copy blob,
    handed_on integer,
    destroyed integer,
    primary key (entrustment, job, number)
);

-- 提出: the log of a span of days as the ward received it.
create table printing_submission (
    entrustment blob not null,
    id blob not null,
    from_day text not null,
    to_day text not null,
    jobs integer not null,
    sheets integer not null,
    sha256 text not null,
    submitted_at integer not null,
    submitted_by blob not null,
    primary key (entrustment, id)
);
