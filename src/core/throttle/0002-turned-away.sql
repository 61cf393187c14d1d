-- How many came, uncounted, since the budget was blocked.
alter table throttle add column turned_away integer not null default 0;
