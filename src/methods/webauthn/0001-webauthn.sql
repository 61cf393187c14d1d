create table webauthn_user (
  account_id text primary key references account(id) on delete cascade,
  handle text not null unique
);
create table webauthn (
  id text primary key,
  account_id text not null references account(id) on delete cascade,
  kind text not null,
  credential_id text not null unique,
  public_key text not null,
  rp_id text not null,
  uv_initialized integer not null,
  backup_eligible integer not null,
  hardware integer not null,
  integrity text not null,
  sign_count bigint not null,
  backed_up integer not null,
  aaguid text not null,
  attachment text,
  transports text not null,
  resident integer,
  attestation text not null,
  bound_at bigint not null,
  bound_level integer not null,
  last_used_at bigint
);
create index webauthn_account on webauthn(account_id);
