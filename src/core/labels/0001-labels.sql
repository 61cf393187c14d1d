-- What a person calls one of their ways to sign in. The method that keeps it knows nothing of its name.
create table label (
  account_id text not null references account(id) on delete cascade,
  method text not null,
  credential_id text not null,
  label text not null,
  primary key (account_id, method, credential_id)
);
