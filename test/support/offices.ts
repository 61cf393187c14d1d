import type { Authority } from './authority.ts';
import { reader, root } from './slapd.ts';

/** A small organisation, as its directory knows it. */

export const people = `ou=people,${root}`;
export const groups = `ou=groups,${root}`;
export const dnOf = (uid: string) => `uid=${uid},${people}`;
export const secretOf = (uid: string) => `what only ${uid} knows, as the directory`;

const entry = (dn: string, classes: readonly string[], attributes: readonly string[]): string =>
  [`dn: ${dn}`, ...classes.map((name) => `objectClass: ${name}`), ...attributes, ''].join('\n');

const person = (uid: string) =>
  entry(
    dnOf(uid),
    ['inetOrgPerson'],
    [`uid: ${uid}`, `cn: ${uid} Example`, 'sn: Example', `mail: ${uid}@example.org`, `userPassword: ${secretOf(uid)}`],
  );

const group = (name: string, ...members: readonly string[]) =>
  entry(`cn=${name},${groups}`, ['groupOfNames'], [`cn: ${name}`, ...members.map((dn) => `member: ${dn}`)]);

const unit = (dn: string, name: string) => entry(dn, ['organizationalUnit'], [`ou: ${name}`]);

/** `backend` is in `engineering`, which is in `staff`, which is in `backend`: groups may go round. */
export const entries = (...uids: readonly string[]): string =>
  [
    entry(root, ['dcObject', 'organization'], ['dc: example', 'o: Example']),
    unit(people, 'people'),
    unit(groups, 'groups'),
    unit(`ou=services,${root}`, 'services'),
    entry(
      reader.dn,
      ['organizationalRole', 'simpleSecurityObject'],
      ['cn: sallyport', `userPassword: ${reader.password}`],
    ),
    ...uids.map(person),
    group('backend', dnOf('ada'), `cn=staff,${groups}`),
    group('engineering', `cn=backend,${groups}`),
    group('staff', `cn=engineering,${groups}`),
  ].join('\n');

/** The section of the configuration for it. @param servers the ones that are asked, in this order */
export const directoryAt = (authority: Authority, servers: readonly string[], more: Record<string, unknown> = {}) => ({
  directory: { servers, ca: authority.ca, user: reader.dn, password: reader.password, people, groups, ...more },
});
