-- People and groups that a program keeps here by SCIM (RFC 7643); it sees and touches nobody else.
create table scim_user (
  account_id text primary key references account(id) on delete cascade,
  -- The order in which they came: pages go on by it.
  number bigint not null unique,
  external_id text unique,
  -- What they are called in parts, as JSON.
  names text not null,
  changed_at bigint not null,
  -- When it shut them out: an account that was disabled at this very moment is enabled by it again, and no other.
  shut_out_at bigint
);

create table scim_group (
  id text primary key,
  number bigint not null unique,
  name text not null,
  canonical text not null unique,
  external_id text unique,
  version bigint not null,
  created_at bigint not null,
  changed_at bigint not null
);

create table scim_member (
  group_id text not null references scim_group(id) on delete cascade,
  account_id text not null references scim_user(account_id) on delete cascade,
  primary key (group_id, account_id)
);
create index scim_member_account on scim_member(account_id);

-- One row: the last number that was given out. Whoever holds it is the only one who writes.
create table scim_last_number (
  one smallint primary key,
  number bigint not null
);

-- How many of each thousand numbers are still somebody's: what there is in all, and where a page begins, is known without
-- counting.
create table scim_shelf (
  kind text not null,
  shelf bigint not null,
  holds bigint not null,
  primary key (kind, shelf)
);
