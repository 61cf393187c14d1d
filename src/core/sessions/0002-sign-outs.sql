-- How often a person was signed out everywhere: what was handed out before the last time is worth nothing any more.
create table sign_out (
  account_id text primary key references account(id) on delete cascade,
  times integer not null
);
