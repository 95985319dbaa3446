-- 返還: what was given back to the ward, counted; the file itself is not kept.
create table restitution_return (
    entrustment blob not null,
    id blob not null,
    made_at integer not null,
    made_by blob not null,
    persons integer not null,
    files integer not null,
    size_bytes integer not null,
    sha256 text not null,
    primary key (entrustment, id)
);

-- 回収の確認: what the ward found of each thing that had been entrusted; the last line of a thing holds.
create table restitution_finding (
    entrustment blob not null,
    thing text not null,
    number integer not null,
    answer integer not null,
    note text not null,
    found_at integer not null,
    found_by blob not null,
    primary key (entrustment, thing, number)
);
