-- 金庫・キャビネット, each of one side.
create table custody_place (
    entrustment blob not null,
    id blob not null,
    side integer not null,
    name text not null,
    room text not null,
    label text not null,
    key_holder blob not null,
    recorded_at integer not null,
    recorded_by blob not null,
    primary key (entrustment, id)
);
create unique index custody_place_label on custody_place (entrustment, label);

-- Media, papers and password notices. What is written on them never changes; where they are does.
create table custody_thing (
    entrustment blob not null,
    id blob not null,
    label text not null,
    kind integer not null,
    form text not null,
    serial text not null,
    title text not null,
    unit text not null,
    package blob,
    owner integer not null,
    holder integer not null,
    place blob,
    quantity integer not null,
    state integer not null,
    since integer not null,
    primary key (entrustment, id)
);
create unique index custody_thing_label on custody_thing (entrustment, label);

-- One history of each of them.
create table custody_event (
    entrustment blob not null,
    thing blob not null,
    number integer not null,
    at integer not null,
    staff blob not null,
    what text not null,
    primary key (entrustment, thing, number)
);

-- 暗号化データ: what was put in, the file's fingerprint, and its password, sealed, until the notice is printed.
create table custody_package (
    entrustment blob not null,
    id blob not null,
    number integer not null,
    side integer not null,
    title text not null,
    persons integer not null,
    made_at integer not null,
    made_by blob not null,
    sha256 text not null,
    size_bytes integer not null,
    copy blob not null,
    password blob,
    notice_printed_at integer,
    primary key (entrustment, id)
);
create table custody_package_item (
    entrustment blob not null,
    package blob not null,
    line integer not null,
    name text not null,
    size_bytes integer not null,
    sha256 text not null,
    primary key (entrustment, package, line)
);

-- 受渡し. Names are as they were when it was recorded: what was signed does not change with a marriage.
create table custody_hand_over (
    entrustment blob not null,
    id blob not null,
    number integer not null,
    purpose integer not null,
    at integer not null,
    from_side integer not null,
    giver blob not null,
    giver_name text not null,
    receiver blob not null,
    receiver_name text not null,
    carrier blob not null,
    carrier_name text not null,
    due text,
    recorded_side integer not null,
    recorded_by blob not null,
    recorded_at integer not null,
    state integer not null,
    primary key (entrustment, id)
);
create unique index custody_hand_over_number on custody_hand_over (entrustment, number);
create table custody_hand_over_line (
    entrustment blob not null,
    hand_over blob not null,
    line integer not null,
    thing blob not null,
    content text not null,
    quantity integer not null,
    primary key (entrustment, hand_over, line)
);
create table custody_signature (
    entrustment blob not null,
    hand_over blob not null,
    side integer not null,
    staff blob not null,
    at integer not null,
    digest text not null,
    primary key (entrustment, hand_over, side)
);
-- 相違の申出: open until the record was corrected and confirmed, or withdrawn.
create table custody_dispute (
    entrustment blob not null,
    hand_over blob not null,
    number integer not null,
    side integer not null,
    staff blob not null,
    at integer not null,
    reason text not null,
    settled_at integer,
    outcome text,
    primary key (entrustment, hand_over, number)
);
create table custody_lend (
    entrustment blob not null,
    thing blob not null,
    lent blob not null,
    returned blob,
    primary key (entrustment, thing, lent)
);
-- How many hours make another occasion, where an entrustment has agreed something else than usual.
create table custody_apart (
    entrustment blob primary key,
    hours integer not null
);
