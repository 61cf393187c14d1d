create table audit (
  id text primary key,
  at bigint not null,
  event text not null,
  account_id text,
  actor text not null,
  address text not null,
  detail text not null
);
create index audit_account on audit(account_id, at);
create index audit_event on audit(event, at);

-- Why a screen was shown: the facts and the row that decided, kept 30 days, gone with the person.
create table decision (
  id text primary key,
  at bigint not null,
  account_id text references account(id) on delete cascade,
  row_name text not null,
  facts text not null
);
create index decision_account on decision(account_id, at);
create index decision_at on decision(at);
