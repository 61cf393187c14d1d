-- The last time step used of each seed. The mark belongs to the seed, wherever it is registered: a code serves once anywhere.
create table otp_replay (
  seed text primary key,
  step bigint not null
);
