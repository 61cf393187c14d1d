-- One row for each code sent: what the limits count, and what a code serves once by. The code itself is not here.
create table sent_code (
  id text primary key,
  method text not null,
  purpose text not null,
  account_id text not null references account(id) on delete cascade,
  recipient text not null,
  at bigint not null,
  tries integer not null,
  used_at bigint
);
create index sent_code_recipient on sent_code(recipient, at);
create index sent_code_account on sent_code(account_id, at);
create index sent_code_at on sent_code(method, at);
-- One row for each method: whoever sends holds it until it is done, so that two never count the same sends.
create table sent_code_turn (
  method text primary key,
  taken bigint not null
);
