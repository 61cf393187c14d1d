-- What a program shows to be let in to the API. The token itself is kept nowhere.
create table api_token (
  id text primary key,
  name text not null unique,
  token_hash text not null unique,
  scopes text not null,
  networks text not null,
  created_at bigint not null,
  expires_at bigint not null,
  last_used_at bigint
);
