-- What an application was answered, so that the same question is not asked of a code twice.
create table otp_answer (
  transaction_hash text primary key,
  question_hash text not null,
  valid integer not null,
  expires_at bigint not null
);
create index otp_answer_expires on otp_answer(expires_at);
