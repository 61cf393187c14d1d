import { createHash } from 'node:crypto';
import type { Chance } from './chance.ts';

/** The name of one row of one kind: an account's id is never taken for a session's. */
export type Id<Kind extends string> = string & { readonly __id: Kind };

/** Whose everything is. Named here, for methods and core both speak of it and do not know each other. */
export type AccountId = Id<'account'>;

/** 128 random bits, base64url. */
export const newId = <Kind extends string>(chance: Chance): Id<Kind> =>
  chance.bytes(16).toString('base64url') as Id<Kind>;

/** What only its bearer holds: 256 random bits, base64url. Kept nowhere but as `hashOf` (ASVS 7.2.3, 11.5.1). */
export const newSecret = (chance: Chance): string => chance.bytes(32).toString('base64url');

/** SHA-256, base64url. Only for secrets of 112 bits and more; anything shorter needs `slow-hash.ts`. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
