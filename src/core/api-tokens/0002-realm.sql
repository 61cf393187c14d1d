-- Whose PINs a program asks about; '' is shared by all.
alter table api_token add column realm text not null default '';
