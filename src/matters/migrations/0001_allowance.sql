-- The ward's consent to declaring an item that touches prohibited matter (特記事項 21-5).
create table matters_allowance (
    entrustment blob not null,
    item text not null,
    ground text not null,
    allowed_at integer not null,
    allowed_by blob not null,
    withdrawn_at integer
);
create unique index matters_allowance_item on matters_allowance (entrustment, item) where withdrawn_at is null;
