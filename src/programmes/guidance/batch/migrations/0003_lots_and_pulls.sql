-- A print lot takes part of a category; a file takes all of it (first_serial 0).
alter table guidance_taking add column first_serial integer not null default 0;
alter table guidance_taking add column last_serial integer not null default 0;

-- 引抜き: a letter that is not to go out. Asked for before the letters were composed, it is not drawn; later, its paper
-- has to be taken out (taken_out_at), wherever it is by then.
create table guidance_pull (
    entrustment blob not null,
    batch blob not null,
    category text not null,
    serial integer not null,
    reason text not null,
    asked_at integer not null,
    asked_by blob not null,
    taken_out_at integer,
    taken_out_by blob,
    primary key (entrustment, batch, category, serial)
);
