-- Whether one thing, lost, would leave somebody no way in; and by which policy and methods that was weighed. Nothing: it is to be
-- weighed anew, by upkeep.
alter table account add column hangs_on_one smallint not null default 0;
alter table account add column weighed_by text not null default '';
create index account_hanging on account(listed_as) where hangs_on_one = 1;
create index account_weighed on account(weighed_by);
