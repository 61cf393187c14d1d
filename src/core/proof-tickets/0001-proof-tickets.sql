-- What somebody proves for one change, and the change itself, sealed, until they have.
create table proof_ticket (
  id text primary key,
  account_id text not null references account(id) on delete cascade,
  session_id text not null,
  -- What it is for and nothing else: where, and with what.
  bound_to text not null,
  change text not null,
  -- Null until all that is asked was proven.
  secret_hash text unique,
  spent integer not null,
  expires_at bigint not null
);
create index proof_ticket_session on proof_ticket(session_id);
create index proof_ticket_expires on proof_ticket(expires_at);
