create table outbox (
  id text primary key,
  at bigint not null,
  account_id text references account(id) on delete cascade,
  channel text not null,
  recipient text not null,
  subject text not null,
  body text not null
);
create index outbox_at on outbox(at);
