-- What the person was let in on, where and when: the policy is asked again whenever a grant is used. Of a grant from before
-- none of it is known; a level of 0 is never enough.
alter table oidc_ground add column application_id text not null default '';
alter table oidc_ground add column address text not null default '';
alter table oidc_ground add column level integer not null default 0;
alter table oidc_ground add column given_at bigint not null default 0;
