-- What they are written to in: as the pages were when they last signed in.
alter table account add column language text not null default 'en';
