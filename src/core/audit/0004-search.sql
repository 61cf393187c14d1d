-- How the log is read, newest first: all of it, one event, whom it is about; and who did it, where that was somebody else.
-- With the id, what happened in the same millisecond has an order too.
drop index audit_account;
drop index audit_event;
create index audit_account on audit(account_id, at, id);
create index audit_event on audit(event, at, id);
create index audit_at on audit(at, id);
create index audit_by on audit(actor, at, id) where account_id is distinct from actor;
