-- Erasing finds the rows of a person.
create index guidance_recipient_subject on guidance_recipient (entrustment, subject);
