-- 部屋, the people who may enter, and who did. Hours are minutes after midnight in Japan.
create table custody_room (
    entrustment blob not null,
    id blob not null,
    side integer not null,
    name text not null,
    opens integer not null,
    closes integer not null,
    primary key (entrustment, id)
);
create table custody_room_person (
    entrustment blob not null,
    room blob not null,
    staff blob not null,
    since integer not null,
    until_at integer,
    primary key (entrustment, room, staff, since)
);
create table custody_room_entry (
    entrustment blob not null,
    room blob not null,
    id blob not null,
    staff blob,
    name text not null,
    entered_at integer not null,
    left_at integer,
    imported integer not null,
    recorded_by blob not null,
    primary key (entrustment, room, id)
);
create index custody_room_entry_time on custody_room_entry (entrustment, room, entered_at);
