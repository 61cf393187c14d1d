-- What happened, by the day: numbers, and nothing of anybody's.
create table tally (
  kind text not null,
  day text not null,
  name text not null,
  number bigint not null,
  primary key (kind, day, name)
);
-- How far the log is counted: one row, held by whoever counts.
create table tally_mark (
  one integer primary key,
  number bigint not null
);
-- How many people stand how, now.
create table people_total (
  standing text primary key,
  number bigint not null
);
