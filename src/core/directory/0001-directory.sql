-- People whose passwords a directory keeps: which entry is whose. The directory's own id for it outlives every other name.
create table directory_entry (
  account_id text primary key references account(id) on delete cascade,
  entry_id text not null unique,
  dn text not null,
  since bigint not null,
  -- When it was last asked about them.
  asked_at bigint not null,
  -- When it shut them out: an account that was disabled at this very moment is enabled by it again, and no other.
  shut_out_at bigint
);
