-- A link that sets one method once, for whoever holds it, in the browser that opened it first. It is no session.
create table link (
  id text primary key,
  token_hash text not null unique,
  account_id text not null references account(id) on delete cascade,
  method text not null,
  browser_hash text,
  memo text not null,
  created_at bigint not null,
  expires_at bigint not null
);
create index link_account on link(account_id);
create index link_expires on link(expires_at);
