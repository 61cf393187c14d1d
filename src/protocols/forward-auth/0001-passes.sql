-- What a site's own cookie rests on: a session of ours, with which it ends. Until it is taken it is a code, for one browser.
create table pass (
  secret_hash text primary key,
  session_id text not null references session(id) on delete cascade,
  site_id text not null,
  met integer not null,
  browser_hash text,
  expires_at bigint not null
);
create index pass_session on pass(session_id);
create index pass_expires on pass(expires_at);
