-- How many people stand how is kept and not counted: whoever stands otherwise than they are counted as is in an index that
-- holds nobody else, until the next round. Null: what they own was not weighed yet; upkeep does.
alter table account add column has_resistant smallint;
alter table account add column counted_as text not null default '';
create index account_unknown on account(id) where has_resistant is null;
create index account_uncounted on account(id) where has_resistant is not null and counted_as <> case
  when disabled_at is not null then 'disabled' when has_resistant = 1 then 'resistant'
  when has_second = 1 then 'phishable' else 'weak' end;
-- And whoever is let in, and owns nothing that no page but ours can ask for, is found as everybody is.
create index account_phishable on account(listed_as) where has_resistant = 0 and disabled_at is null;

-- Whoever is erased takes themselves off the count: their id, and as what they were counted, until the next round.
create table account_gone (
  id text primary key,
  counted_as text not null
);
