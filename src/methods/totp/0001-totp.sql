create table totp (
  id text primary key,
  account_id text not null references account(id) on delete cascade,
  secret text not null,
  seed text not null,
  drift integer not null,
  bound_at bigint not null,
  bound_level integer not null,
  last_used_at bigint
);
create index totp_account on totp(account_id);
