-- What was asked first here last time; how often a passkey was offered, and from when on it may be again.
alter table browser_account add column last_first text;
alter table browser_account add column offers integer not null default 0;
alter table browser_account add column offer_after bigint not null default 0;
-- A browser whose owner goes on there without a password. It proves nothing: it says whom to ask, and for what.
create table opt_in (
  id text primary key,
  browser_id text not null unique references browser(id) on delete cascade,
  account_id text not null references account(id) on delete cascade,
  method text not null,
  prepared_by text,
  agent text not null,
  address text not null,
  created_at bigint not null
);
create index opt_in_account on opt_in(account_id);
