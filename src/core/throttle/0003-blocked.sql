-- Who is locked out now is found without looking at whoever is not.
create index throttle_blocked on throttle(blocked_until) where blocked_until > 0;
