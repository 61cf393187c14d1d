-- An entry's own mark, made as it is written; its number and its place in the chain once it is sealed. Older entries have no mark.
alter table audit add column salt text not null default '';
alter table audit add column mark text not null default '';
alter table audit add column number bigint;
alter table audit add column chain text not null default '';
create unique index audit_number on audit(number);
create index audit_open on audit(at) where number is null;

-- How far the log is sealed: one row, held by whoever seals.
create table audit_head (
  one integer primary key,
  number bigint not null,
  chain text not null,
  at bigint not null,
  signature text not null
);

create table audit_checkpoint (
  number bigint primary key,
  chain text not null,
  at bigint not null,
  signature text not null
);
