-- Accounts whose password everybody knows, made by `sallyport demo`. `serve` refuses a database that has a row here.
create table demo_account (
  account_id text primary key references account(id) on delete cascade,
  secret text
);
