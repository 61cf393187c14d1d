-- Made when it was offered, beside the password: a way in, and no reason to ask for more than before.
alter table webauthn add column beside integer not null default 0;
