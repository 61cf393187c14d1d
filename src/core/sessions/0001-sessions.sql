create table session (
  id text primary key,
  secret_hash text not null unique,
  account_id text not null references account(id) on delete cascade,
  proofs text not null,
  level integer not null,
  address text not null,
  agent text not null,
  created_at bigint not null,
  proven_at bigint not null,
  seen_at bigint not null
);
create index session_account on session(account_id);
