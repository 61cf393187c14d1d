-- Requests as they came, by their keyed hash: each is weighed once, in whatever process, and answered again as it was.
create table radius_request (
  request text primary key,
  answer text not null,
  at bigint not null
);
create index radius_request_at on radius_request(at);
