-- One row for each budget of guesses. Durable on purpose: a limit that lives in a cache is gone when the cache is (T41).
create table throttle (
  budget text primary key,
  failures integer not null,
  blocked_until bigint not null,
  failed_at bigint not null
);
create index throttle_failed on throttle(failed_at);
