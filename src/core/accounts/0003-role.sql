-- What somebody may do for the house. Until now a group of this name could do everything; it stays a group, for the rules that name it.
alter table account add column role text;
update account set role = 'system-administrator' where groups like '%"administrators"%';
create index account_role on account(role) where role is not null;
