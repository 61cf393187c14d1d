-- Where somebody's mail is to go from now on: known to the session that asked, and to no other.
create table address_change (
  session_id text primary key,
  account_id text not null references account(id) on delete cascade,
  memo text not null,
  at bigint not null
);
create index address_change_at on address_change(at);

-- Where it went before. Its link brings that back, whatever else was ended meanwhile.
create table address_before (
  token_hash text primary key,
  account_id text not null references account(id) on delete cascade,
  address text not null,
  at bigint not null,
  expires_at bigint not null
);
create index address_before_account on address_before(account_id, at);
create index address_before_expires on address_before(expires_at);
