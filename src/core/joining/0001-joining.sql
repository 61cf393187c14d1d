-- Somebody asks for an account. The same row whether they have one already: the answer is found later.
create table join_request (
  id text primary key,
  email text not null,
  language text not null,
  at bigint not null
);

-- Whoever holds the link reads that mailbox, and may have an account of its name. One for each address: the last.
create table join_link (
  address text primary key,
  email text not null,
  token_hash text not null unique,
  expires_at bigint not null
);
create index join_link_expires on join_link(expires_at);
