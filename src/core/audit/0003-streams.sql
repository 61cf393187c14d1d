-- How far each stream is told, and whose turn it is until `due_at`.
create table audit_stream (
  name text primary key,
  number bigint not null,
  tries integer not null,
  due_at bigint not null,
  why text not null
);
