-- One for each person: first the number that the caller reads back, then the code, then the session that it let in.
create table temporary_code (
  account_id text primary key references account(id) on delete cascade,
  issuer text not null,
  number_hash text not null,
  wrong integer not null,
  -- Null until the number was right, and once the code is used.
  code_hash text,
  stop_hash text unique,
  session_id text,
  expires_at bigint not null
);
create index temporary_code_session on temporary_code(session_id);

-- What was handed out, by whom: counted, and kept apart from what one alone may not hand out together.
create table hand_out (
  id text primary key,
  issuer text not null,
  account_id text not null references account(id) on delete cascade,
  what text not null,
  at bigint not null
);
create index hand_out_issuer on hand_out(issuer, at);
create index hand_out_account on hand_out(account_id, at);
