-- A policy that somebody is still writing, as they typed it; one for each of them.
create table policy_draft (
  account_id text primary key references account(id) on delete cascade,
  document text not null,
  made_from integer not null,
  at bigint not null
);
