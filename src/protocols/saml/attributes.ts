import type { Account } from '../../core/accounts/store.ts';
import { type Released, releasable } from '../../core/applications/saml.ts';
import { calledOf } from '../../house.ts';
import type { Provider } from './providers.ts';
import { escaped, tag } from './xml.ts';

/** What an attribute is called where nothing else is agreed (RFC 4519, RFC 2798, eduMember): its OID, and a word for people. */
const oidOf: Readonly<Record<Released, readonly [string, string]>> = {
  username: ['urn:oid:0.9.2342.19200300.100.1.1', 'uid'],
  name: ['urn:oid:2.16.840.1.113730.3.1.241', 'displayName'],
  email: ['urn:oid:0.9.2342.19200300.100.1.3', 'mail'],
  groups: ['urn:oid:1.3.6.1.4.1.5923.1.5.1.1', 'isMemberOf'],
};

const valuesOf: Readonly<Record<Released, (account: Account) => readonly string[]>> = {
  username: ({ username }) => [username],
  name: (account) => [calledOf(account)],
  email: ({ email }) => (email === null ? [] : [email]),
  groups: ({ groups }) => groups,
};

/** What the application may know of this person, by its scopes; nothing at all where there is nothing to say. */
export function attributesOf(account: Account, { application, saml }: Provider): string {
  const { scopes } = application;
  const open = Object.entries(releasable).flatMap(([scope, names]): readonly Released[] =>
    (scopes as readonly string[]).includes(scope) ? names : [],
  );
  const said = open.flatMap((which) => {
    const values = valuesOf[which](account);
    return values.length === 0 ? [] : [attribute(which, saml.attributeNames[which], values)];
  });
  return said.length === 0 ? '' : tag('saml:AttributeStatement', {}, ...said);
}

function attribute(which: Released, agreed: string | undefined, values: readonly string[]): string {
  const [oid, friendly] = oidOf[which];
  const format = `urn:oasis:names:tc:SAML:2.0:attrname-format:${agreed === undefined ? 'uri' : 'unspecified'}`;
  return tag(
    'saml:Attribute',
    { Name: agreed ?? oid, NameFormat: format, FriendlyName: agreed === undefined ? friendly : null },
    ...values.map((value) => tag('saml:AttributeValue', {}, escaped(value))),
  );
}
