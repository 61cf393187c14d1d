-- Whether anybody is in a group is asked by its name, in the form in which names are compared. Who was in one before is listed
-- anew by upkeep.
create table account_group (
  name text not null,
  account_id text not null references account(id) on delete cascade,
  primary key (name, account_id)
);
create index account_group_account on account_group(account_id);
update account set listed_as = null where groups <> '[]';
