-- A request of a service provider, kept while its person proves who they are, and remembered until it could not be taken again.
create table saml_request (
  id text primary key,
  application_id text not null,
  request_id text not null,
  browser_hash text,
  request text not null,
  answered integer not null,
  started_at bigint not null,
  expires_at bigint not null,
  unique (application_id, request_id)
);
create index saml_request_expires on saml_request(expires_at);

-- What a person is called at one service provider: random, theirs for good, and nobody else's afterwards.
create table saml_name (
  account_id text not null references account(id) on delete cascade,
  application_id text not null,
  name text not null unique,
  primary key (account_id, application_id)
);

-- What assertions and metadata are signed with.
create table saml_key (
  generation integer primary key,
  id text not null,
  private_key text not null,
  certificate text not null,
  signs_from bigint not null,
  shown_until bigint
);
