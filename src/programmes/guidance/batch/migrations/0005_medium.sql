-- From which medium under custody the file came, and how many it should hold by the 確認記録票; null where nobody said.
alter table guidance_batch add column medium blob;
alter table guidance_batch add column stated_rows integer;
