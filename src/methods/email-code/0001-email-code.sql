create table email_code (
  account_id text primary key references account(id) on delete cascade,
  id text not null,
  recipient text not null,
  bound_at bigint not null,
  bound_level integer not null,
  last_used_at bigint
);
