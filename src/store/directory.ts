import type { Instant } from '../kernel/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Handle } from './database.ts';

/** It does not answer: nobody's wrong password, and no way in. The caller answers 503. */
export class DirectoryDown extends Error {
  override readonly name = 'DirectoryDown';
  /** For whoever answers by it (`oidc-provider`). */
  readonly statusCode = 503;
}

/** Whose password a directory keeps, as it calls them. */
export interface Kept {
  readonly entry: string;
  readonly since: Instant;
}

/** Whoever keeps people and their passwords in our place (`docs/adr/0032`). */
export interface Directory {
  /** Whoever is called so there is somebody here from now on, under the names they have there today. */
  admit(typed: string): Promise<void>;
  /** Is this somebody's password kept there? */
  find(handle: Handle, account: AccountId | null): Promise<Kept | null>;
  /**
   * May they still come in? Who is not theirs, may.
   * @param age how old an answer may be, in milliseconds
   * @param attempt in which it is asked: it is answered like any wrong one, and all others end
   * @throws DirectoryDown
   */
  letsIn(account: AccountId, age: number, attempt?: string): Promise<boolean>;
  /**
   * Is it their password? The same is asked whoever it is, nobody included.
   * @throws DirectoryDown but for whoever has a password here
   */
  check(account: AccountId | null, password: string): Promise<boolean>;
}

/** Everybody is kept here. */
export const noDirectory: Directory = {
  admit: async () => undefined,
  find: async () => null,
  letsIn: async () => true,
  check: async () => false,
};
