-- The stock: a row for each token that was imported. One without an account is free.
create table hardware_token (
  id text primary key,
  serial text not null unique,
  kind text not null,
  algorithm text not null,
  digits integer not null,
  period integer not null,
  counter bigint not null,
  drift integer not null,
  secret text not null,
  seed text not null unique,
  misses integer not null,
  source text not null,
  imported_at bigint not null,
  account_id text references account(id) on delete set null,
  bound_at bigint,
  bound_level integer,
  last_used_at bigint
);
create index hardware_token_account on hardware_token(account_id);
