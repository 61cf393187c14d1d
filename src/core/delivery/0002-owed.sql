-- What the first table held could not be sent, and is too late by now.
drop table outbox;
create table outbox (
  id text primary key,
  account_id text references account(id) on delete cascade,
  channel text not null,
  message text not null,
  state text not null,
  tries integer not null,
  why text not null,
  at bigint not null,
  due_at bigint not null,
  expires_at bigint not null
);
create index outbox_at on outbox(at);
create index outbox_state on outbox(state, channel, expires_at);
create table channel_failure (
  channel text primary key,
  at bigint not null
);
