create table security_questions (
  account_id text primary key references account(id) on delete cascade,
  id text not null,
  questions text not null,
  phc text not null,
  bound_at bigint not null,
  bound_level integer not null,
  last_used_at bigint
);
