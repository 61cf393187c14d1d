create table backup_code (
  id text primary key,
  account_id text not null references account(id) on delete cascade,
  selector text not null,
  phc text not null,
  bound_at bigint not null,
  bound_level integer not null,
  used_at bigint,
  unique (account_id, selector)
);
