-- What oidc-provider keeps: codes, tokens, grants, interactions. The id is hashed, the payload sealed to its row.
create table oidc_record (
  id text primary key,
  payload text not null,
  grant_id text,
  consumed_at bigint,
  expires_at bigint not null
);
create index oidc_record_grant on oidc_record(grant_id);
create index oidc_record_expires on oidc_record(expires_at);

-- What a grant rests on: it is worth something only while this stands.
create table oidc_ground (
  grant_id text primary key,
  account_id text not null references account(id) on delete cascade,
  session_id text not null,
  consent_id text,
  sign_outs integer not null,
  offline integer not null,
  expires_at bigint not null
);
create index oidc_ground_account on oidc_ground(account_id);
create index oidc_ground_expires on oidc_ground(expires_at);

-- Whom to tell when a session ends. Written when an application learns of the session, so that none is forgotten.
create table logout_notice (
  session_id text not null,
  application_id text not null,
  account_id text not null,
  tries integer not null,
  next_at bigint not null,
  primary key (session_id, application_id)
);
create index logout_notice_next on logout_notice(next_at);

-- Keys that sign tokens. A new one is published before it signs, an old one as long as what it signed lives.
create table signing_key (
  generation integer primary key,
  kid text not null unique,
  private_jwk text not null,
  signs_from bigint not null,
  shown_until bigint
);
