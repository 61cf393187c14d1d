-- The policy is asked again whenever what a grant gave is used: where, from where, and with what worth it was given.
alter table oidc_ground add column application_id text not null default '';
alter table oidc_ground add column address text not null default '';
alter table oidc_ground add column met integer not null default 0;
