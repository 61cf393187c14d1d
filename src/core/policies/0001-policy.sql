-- Every policy that was ever in force here, whole; the last one is. None: the one of the configuration is.
create table policy (
  version integer primary key,
  at bigint not null,
  author text not null,
  document text not null,
  digest text not null
);
