-- From where a code was asked for, as a keyed hash; empty where nobody was at a page.
alter table sent_code add column network text not null default '';
create index sent_code_network on sent_code(network, at);
