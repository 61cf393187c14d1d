-- How people are found: by the words of their names and addresses, and in the order of their user names. Both are written as
-- the hexadecimal digits of their UTF-8, which every collation puts in one order: what begins alike stands together.
-- Who was here before is listed by upkeep.
alter table account add column listed_as text;
alter table account add column has_second smallint not null default 0;
create index account_unlisted on account(id) where listed_as is null;
create index account_listed on account(listed_as);
create index account_enabled on account(listed_as) where disabled_at is null;
create index account_disabled on account(listed_as) where disabled_at is not null;
create index account_weak on account(listed_as) where has_second = 0;

create table account_word (
  word text not null,
  account_id text not null references account(id) on delete cascade,
  primary key (word, account_id)
);
create index account_word_account on account_word(account_id);
