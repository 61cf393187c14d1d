-- Who owned a second factor when a grant was given is asked for it when a rule begins to.
alter table oidc_ground add column owned integer not null default 0;
