-- A browser that a person keeps from asking for the second factor a policy asks for. Forgotten with the acquaintance.
create table remembered_device (
  id text primary key,
  browser_id text not null,
  account_id text not null,
  secret_hash text not null,
  earlier_hash text,
  rotated_at bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  agent text not null,
  address text not null,
  foreign key (browser_id, account_id) references browser_account(browser_id, account_id) on delete cascade
);
create index remembered_device_account on remembered_device(account_id);
create unique index remembered_device_one on remembered_device(browser_id, account_id);
