-- What a browser remembers of itself. It proves nothing: it chooses which budget of guesses is charged and what is asked first.
create table browser (
  id text primary key,
  secret_hash text not null unique,
  seen_at bigint not null
);

create table browser_account (
  browser_id text not null references browser(id) on delete cascade,
  account_id text not null references account(id) on delete cascade,
  last_method text,
  signed_in_at bigint not null,
  primary key (browser_id, account_id)
);
create index browser_account_account on browser_account(account_id);
