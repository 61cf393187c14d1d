-- A form on its way to a site, kept for five minutes while its person proves who they are. Sent once: then it is only remembered.
create table parked (
  token_hash text primary key,
  session_id text not null unique references session(id) on delete cascade,
  site_id text not null,
  target text not null,
  body text not null,
  body_hash text not null,
  sent integer not null,
  expires_at bigint not null
);
create index parked_expires on parked(expires_at);
