create table account (
  id text primary key,
  username text not null,
  email text,
  name text not null,
  groups text not null,
  disabled_at bigint,
  created_at bigint not null
);

-- Every name an account answers to, in its canonical form: user name and address are one namespace.
create table account_name (
  canonical text primary key,
  account_id text not null references account(id) on delete cascade
);
create index account_name_account on account_name(account_id);
