-- Who owned a second factor when a pass was given is asked for it when a rule begins to.
alter table pass add column owned integer not null default 0;
