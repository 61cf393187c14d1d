import { days, type Instant } from '../../kernel/clock.ts';
import { isMailAddress, isUsername } from '../accounts/names.ts';

/** One person as the directory knows them. */
export interface Entry {
  /** Its own id for them, which it gives to nobody else ever. */
  readonly id: string;
  readonly dn: string;
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  /** Why they may not come in; null: they may. */
  readonly shutOut: ShutOut | null;
}

export type ShutOut = 'disabled' | 'locked' | 'expired';

type Value = Buffer | Buffer[] | string[] | string | undefined;
/** What a search brought, by attribute. */
export type Attributes = Readonly<Record<string, Value>>;
type Read = (attribute: string) => string | undefined;

interface Kind {
  readonly id: { readonly attribute: string; readonly bytes: boolean };
  /** Of whom one is a person: computers and services sign in elsewhere. */
  readonly objectClass: string;
  /** The first is the user name. They sign in by any of them. */
  readonly names: readonly [string, ...string[]];
  /** Asked in this order. */
  readonly signs: readonly (readonly [ShutOut, attribute: string, (value: string, now: Instant) => boolean])[];
}

/** 100 ns since 1601 (MS-ADTS, accountExpires); 0 and the greatest number there is are never. */
const filetime = (value: string): number => Number(BigInt(value) / 10_000n) - 11_644_473_600_000;
const isNever = (value: string): boolean => ['0', '9223372036854775807'].includes(value);
const hasBit = (bit: number) => (value: string) => (Number(value) & bit) !== 0;

export const kinds = {
  openldap: {
    id: { attribute: 'entryUUID', bytes: false },
    objectClass: 'person',
    names: ['uid', 'mail'],
    signs: [
      // Locked by hand; a lock that ends by itself is the bind's to tell.
      ['locked', 'pwdAccountLockedTime', (value) => value === '000001010000Z'],
      ['expired', 'shadowExpire', (value, now) => Number(value) >= 0 && days(Number(value)) <= now],
    ],
  },
  'active-directory': {
    id: { attribute: 'objectGUID', bytes: true },
    objectClass: 'user',
    names: ['sAMAccountName', 'userPrincipalName', 'mail'],
    signs: [
      ['disabled', 'userAccountControl', hasBit(0x2)],
      ['locked', 'msDS-User-Account-Control-Computed', hasBit(0x10)],
      ['expired', 'msDS-User-Account-Control-Computed', hasBit(0x80_0000)],
      ['expired', 'accountExpires', (value, now) => !isNever(value) && filetime(value) <= now],
    ],
  },
} as const satisfies Record<string, Kind>;

/** Everything that is read of a person. */
export const attributesOf = ({ id, names, signs }: Kind): string[] => [
  ...new Set([id.attribute, ...names, 'mail', 'displayName', 'cn', ...signs.map(([, attribute]) => attribute)]),
];

/** @returns null for what has no id or no name of use */
export function entryOf(kind: Kind, dn: string, found: Attributes, now: Instant): Omit<Entry, 'groups'> | null {
  const read: Read = (attribute) => textOf(found[attribute]);
  const id = kind.id.bytes ? bytesOf(found[kind.id.attribute])?.toString('hex') : read(kind.id.attribute);
  const username = read(kind.names[0]);
  if (!id || username === undefined || !isUsername(username)) return null;
  const email = read('mail');
  return {
    id,
    dn,
    username,
    email: email !== undefined && isMailAddress(email) ? email : null,
    name: read('displayName') ?? read('cn') ?? username,
    shutOut: shutOutBy(kind, read, now),
  };
}

const shutOutBy = ({ signs }: Kind, read: Read, now: Instant): ShutOut | null =>
  signs.find(([, attribute, says]) => {
    const value = read(attribute);
    return value !== undefined && says(value, now);
  })?.[0] ?? null;

/** The first of several; an attribute that is asked for and not there is an empty list. */
function textOf(value: Value): string | undefined {
  const one = Array.isArray(value) ? value[0] : value;
  return one === undefined || one.length === 0 ? undefined : one.toString();
}

const bytesOf = (value: Value): Buffer | undefined => {
  const one = Array.isArray(value) ? value[0] : value;
  return Buffer.isBuffer(one) ? one : undefined;
};
