-- 経緯と措置: what each side wrote to close a dispute. It is open until there are both.
create table custody_dispute_resolution (
    entrustment blob not null,
    hand_over blob not null,
    number integer not null,
    side integer not null,
    staff blob not null,
    at integer not null,
    words text not null,
    primary key (entrustment, hand_over, number, side)
);
