create table duo (
  account_id text primary key references account(id) on delete cascade,
  id text not null,
  username text not null,
  bound_at bigint not null,
  bound_level integer not null,
  last_used_at bigint
);
create table duo_push (
  account_id text not null references account(id) on delete cascade,
  slot integer not null,
  id text not null,
  sent_at bigint not null,
  outstanding integer not null,
  primary key (account_id, slot)
);
