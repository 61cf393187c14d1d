-- Where a code is taken ('' is shared by all), how it is made, by what its uses are remembered, and whether somebody else has seen the key.
alter table totp add column realm text not null default '';
alter table totp add column algorithm text not null default 'SHA1';
alter table totp add column digits integer not null default 6;
alter table totp add column period integer not null default 30;
alter table totp add column mark text not null default '';
alter table totp add column registered integer not null default 0;
update totp set mark = seed;
create index totp_seed on totp(seed);
