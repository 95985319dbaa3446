-- How many people of a batch the ward's word was compared with the nation's rule for, when it was taken in. A batch from
-- before there was a comparison has no row.
create table guidance_cross_check (
    entrustment blob not null,
    batch blob not null,
    compared integer not null,
    primary key (entrustment, batch)
);

-- Where the two differ, or nobody can judge. The reason holds steps and counts, never a value of the person; it goes when
-- the person is erased.
create table guidance_difference (
    entrustment blob not null,
    batch blob not null,
    row_number integer not null,
    subject blob not null,
    ward text not null,
    rule text not null,
    reason text not null,
    not_judged integer not null,
    primary key (entrustment, batch, row_number)
);
create index guidance_difference_subject on guidance_difference (entrustment, subject);
