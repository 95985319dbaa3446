-- 暗号化データの申請: the ZIP, locked under its own password, until it is approved and taken, or forgotten.
create table custody_package_request (
    entrustment blob not null,
    id blob not null,
    side integer not null,
    title text not null,
    persons integer not null,
    made_at integer not null,
    made_by blob not null,
    recipient text not null,
    sha256 text not null,
    size_bytes integer not null,
    password blob,
    approval blob not null,
    primary key (entrustment, id)
);
create table custody_package_request_item (
    entrustment blob not null,
    package blob not null,
    line integer not null,
    name text not null,
    size_bytes integer not null,
    sha256 text not null,
    primary key (entrustment, package, line)
);
create table custody_package_request_part (
    entrustment blob not null,
    package blob not null,
    part integer not null,
    bytes blob not null,
    primary key (entrustment, package, part)
);
