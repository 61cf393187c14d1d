-- A value sealed with each key in use: a key that is missing or is another one shows at the start, not at a sign-in.
create table seal_key (
  id text primary key,
  proof text not null
);
