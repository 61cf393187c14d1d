-- What a person let an application know of them. Asked once; gone when withdrawn.
create table consent (
  id text not null unique,
  account_id text not null references account(id) on delete cascade,
  application_id text not null,
  scopes text not null,
  given_at bigint not null,
  primary key (account_id, application_id)
);
