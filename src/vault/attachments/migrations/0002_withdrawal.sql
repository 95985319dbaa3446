-- 取下げ: who took a wrongly attached file back, when and why. Its content and its name are gone; a word more than the
-- cause is sealed.
create table vault_attachment_withdrawal (
    entrustment blob not null,
    subject blob not null,
    attachment blob not null,
    cause text not null,
    withdrawn_at integer not null,
    withdrawn_by blob not null,
    sealed blob not null,
    primary key (entrustment, subject, attachment)
);
