-- What became of each message is counted once, when it is known.
alter table outbox add column counted smallint not null default 0;
create index outbox_uncounted on outbox(id) where counted = 0 and state <> 'owed';
