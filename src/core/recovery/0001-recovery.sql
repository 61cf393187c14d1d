-- Somebody says they forgot their password. The same row for whoever they say they are: the answer is found later.
create table recovery_request (
  id text primary key,
  name text not null,
  language text not null,
  at bigint not null
);

-- Somebody with nothing but their mail waits, and may be stopped meanwhile.
create table recovery_wait (
  account_id text primary key references account(id) on delete cascade,
  stop_hash text not null unique,
  language text not null,
  ready_at bigint not null
);
create index recovery_wait_ready on recovery_wait(ready_at);
