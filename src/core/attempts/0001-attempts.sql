-- A sign-in under way. It belongs to the browser that began it and is worth nothing anywhere but on the sign-in pages.
create table attempt (
  id text primary key,
  browser_hash text not null,
  account_id text references account(id) on delete cascade,
  session_id text,
  purpose text not null,
  state text not null,
  memo text not null,
  version integer not null,
  created_at bigint not null,
  expires_at bigint not null
);
create index attempt_browser on attempt(browser_hash);
create index attempt_account on attempt(account_id);
create index attempt_expires on attempt(expires_at);
