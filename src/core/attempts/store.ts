import type { AskedLevel, Proof } from '../../flow/assurance.ts';
import type { Offer } from '../../flow/facts.ts';
import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { type Memos, openMemos, sealMemos } from '../../store/memo.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { AccountId } from '../accounts/store.ts';
import type { SessionId } from '../sessions/store.ts';
import attemptsSql from './0001-attempts.sql';

export type AttemptId = Id<'attempt'>;

/** What a request asks beyond what the policy asks. */
export interface Ask {
  /** `owned`: the best the person has, whatever that is. */
  readonly level: AskedLevel | 'owned' | null;
  readonly notBefore: Instant | null;
  readonly withoutRecovery: boolean;
}

/** Why somebody stands at the gate, fixed when they came to it. */
export interface Purpose {
  readonly application: { readonly id: string; readonly name: string; readonly origin: string } | null;
  readonly ask: Ask;
  /** The method they came to set up. */
  readonly wanted: string | null;
  /** What the session proved does not count: everything is asked again, the password too. */
  readonly afresh?: boolean;
  /** "remove YubiKey 5": what they are about to do, in their language. */
  readonly act: string | null;
  /** The one change that is made when they are let through: what they prove opens nothing else (`core/proof-tickets`). */
  readonly change?: string;
  /** The one method they may set when let through, instead of being signed in. */
  readonly ticket?: string;
  /** Where they go when let through: a path of ours. */
  readonly returnTo: string;
  /** Where they go when they cannot or will not: a path of ours. */
  readonly leaveTo?: string | null;
  /** What the application thinks they are called: it fills the field, and proves nothing. */
  readonly hint?: string | null;
  /** Whom the application names, as it may: nobody else is let through (P-7). */
  readonly named?: Named | null;
  /** What the application thinks they speak (`ui_locales`), unless they have chosen here. */
  readonly languages?: readonly string[];
  /** The application asks in pages of its own: no page of ours goes on with it. */
  readonly spoken?: Spoken;
  /** Who asks where there is no page (`radius:vpn`), and hears yes or no: they alone go on with it, and nobody is signed in. */
  readonly heardBy?: string;
}

/** What an application asks for somebody, in its own pages (`protocols/identity`). */
export interface Spoken {
  /** Of the pages that began it: none of another go on. */
  readonly origin: string;
  /** Hash of the cookie in the browser that began it; null where that keeps none of ours. */
  readonly browser: string | null;
  /** The authorization request that is answered once more is proven; null while only the password was asked. */
  readonly request: Readonly<Record<string, string>> | null;
}

export interface Named {
  readonly name: string;
  /** What is asked first instead of the password, whoever they are; null: the password. */
  readonly by: string | null;
}

/** How far they are. Written by `proving/` alone. */
export interface Progress {
  /** What was typed, for the page that asks further. */
  readonly typed: string | null;
  readonly proofs: readonly Proof[];
  readonly made: readonly string[];
  /** Another device than the one they sit at gave an answer: a phone beside it. */
  readonly elsewhere: boolean;
  readonly chosen: string | null;
  readonly choosing: boolean;
  /** This browser is not to ask again, once they are through. */
  readonly remember: boolean;
  /** What was offered and is answered: `never` means in this browser. */
  readonly answered: Readonly<Partial<Record<Offer, 'yes' | 'no' | 'never'>>>;
  /** The code that the policy asks for besides one factor was given. */
  readonly confirmed: boolean;
  /** A temporary code took the place of the second factor that the policy asks for. */
  readonly excused: boolean;
  /** "Not you?" was pressed: nobody is welcomed back. */
  readonly notMe: boolean;
  /** What to tell about the last answer. */
  readonly said: { readonly method: string; readonly because: string; readonly until: Instant | null } | null;
}

export interface Attempt {
  readonly id: AttemptId;
  readonly account: AccountId | null;
  readonly identified: boolean;
  /** The session it continues. */
  readonly session: SessionId | null;
  readonly purpose: Purpose;
  readonly progress: Progress;
  readonly memos: Memos;
  /** Two answers that race: the second finds another version and is told to look again. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export const migrations: readonly Migration[] = [{ name: 'attempts/0001', sql: attemptsSql }];
export const restored = emptied('attempt');
export const sealed: readonly SealedColumn[] = [{ table: 'attempt', column: 'memo', key: 'id' }];

type Tables = {
  attempt: {
    id: string;
    browser_hash: string;
    account_id: string | null;
    session_id: string | null;
    purpose: string;
    state: string;
    memo: string;
    version: number;
    created_at: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (id: string) => ({ table: 'attempt', column: 'memo', row: id });

/** Where everybody begins. */
export const noProgress: Progress = {
  typed: null,
  proofs: [],
  made: [],
  elsewhere: false,
  chosen: null,
  choosing: false,
  remember: false,
  answered: {},
  confirmed: false,
  excused: false,
  notMe: false,
  said: null,
};

/** Ten minutes from the last step, an hour in all. */
const expiry = (createdAt: Instant, now: Instant): Instant =>
  Math.min(shift(now, minutes(10)), shift(createdAt, minutes(60))) as Instant;

const attemptOf = (means: Means, row: Tables['attempt']): Attempt => {
  const progress = JSON.parse(row.state) as Progress;
  return {
    id: row.id as AttemptId,
    account: row.account_id as AccountId | null,
    identified: row.account_id !== null || progress.typed !== null,
    session: row.session_id as SessionId | null,
    purpose: JSON.parse(row.purpose) as Purpose,
    progress,
    memos: openMemos(means, place(row.id), row.memo),
    version: row.version,
    createdAt: row.created_at as Instant,
    expiresAt: row.expires_at as Instant,
  };
};

const rowOf = prepared((handle, id: AttemptId, hash: string, now: Instant) =>
  own(handle)
    .selectFrom('attempt')
    .selectAll()
    .where('id', '=', id)
    .where('browser_hash', '=', hash)
    .where('expires_at', '>', now),
);

/** Only in the browser that began it: another one's cookie finds nothing (T29), nor does an application's secret. */
export async function findAttempt(
  handle: Handle,
  means: Means,
  id: AttemptId,
  browserSecret: string,
): Promise<Attempt | null> {
  const [row] = await rowOf(handle, id, hashOf(browserSecret), means.clock.now());
  const attempt = row === undefined ? null : attemptOf(means, row);
  return attempt?.purpose.spoken === undefined && attempt?.purpose.heardBy === undefined ? attempt : null;
}

/** One that an application holds: its secret is no cookie's, and opens nothing else. */
export async function findSpoken(
  handle: Handle,
  means: Means,
  secret: string,
): Promise<(Attempt & { readonly purpose: { readonly spoken: Spoken } }) | null> {
  const attempt = await findBySecret(handle, means, secret);
  return attempt !== null && isSpoken(attempt) ? attempt : null;
}

/** One that goes on without a page: by its secret, for whoever began it. */
export async function findHeard(handle: Handle, means: Means, secret: string, by: string): Promise<Attempt | null> {
  const attempt = await findBySecret(handle, means, secret);
  return attempt?.purpose.heardBy === by ? attempt : null;
}

async function findBySecret(handle: Handle, means: Means, secret: string): Promise<Attempt | null> {
  const row = await own(handle)
    .selectFrom('attempt')
    .selectAll()
    .where('browser_hash', '=', hashOf(secret))
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  return row === undefined ? null : attemptOf(means, row);
}

const isSpoken = (attempt: Attempt): attempt is Attempt & { readonly purpose: { readonly spoken: Spoken } } =>
  attempt.purpose.spoken !== undefined;

export async function addAttempt(
  tx: Transaction,
  means: Means,
  given: {
    browserSecret: string;
    account: AccountId | null;
    session: SessionId | null;
    purpose: Purpose;
    /** How far they are as it begins. */
    progress?: Partial<Progress>;
  },
): Promise<AttemptId> {
  const id = newId<'attempt'>(means.chance);
  const now = means.clock.now();
  await own(tx)
    .insertInto('attempt')
    .values({
      id,
      browser_hash: hashOf(given.browserSecret),
      account_id: given.account,
      session_id: given.session,
      purpose: JSON.stringify(given.purpose),
      state: JSON.stringify({ ...noProgress, ...given.progress }),
      memo: '',
      version: 0,
      created_at: now,
      expires_at: expiry(now, now),
    })
    .execute();
  return id;
}

export interface Change {
  readonly account?: AccountId | null;
  readonly session?: SessionId | null;
  readonly progress?: Partial<Progress>;
}

/** @returns the attempt as it now stands; null when another answer was faster, and then nothing was changed */
export async function saveAttempt(
  tx: Transaction,
  means: Means,
  attempt: Attempt,
  change: Change,
): Promise<Attempt | null> {
  const account = change.account === undefined ? attempt.account : change.account;
  const session = change.session === undefined ? attempt.session : change.session;
  const progress = { ...attempt.progress, ...change.progress };
  const expiresAt = expiry(attempt.createdAt, means.clock.now());
  const saved = await own(tx)
    .updateTable('attempt')
    .set({
      account_id: account,
      session_id: session,
      state: JSON.stringify(progress),
      memo: sealMemos(means, place(attempt.id), attempt.memos),
      version: attempt.version + 1,
      expires_at: expiresAt,
    })
    .where('id', '=', attempt.id)
    .where('version', '=', attempt.version)
    .executeTakeFirst();
  if (saved.numUpdatedRows !== 1n) return null;
  const identified = account !== null || progress.typed !== null;
  return { ...attempt, account, session, progress, identified, version: attempt.version + 1, expiresAt };
}

/** A new secret for all attempts of this browser: what was seen before a proof is worth nothing after it (ASVS 7.2.4). */
export async function rotateBrowserSecret(tx: Transaction, means: Means, old: string): Promise<string> {
  const secret = newSecret(means.chance);
  await own(tx)
    .updateTable('attempt')
    .set({ browser_hash: hashOf(secret) })
    .where('browser_hash', '=', hashOf(old))
    .execute();
  return secret;
}

export async function removeAttempt(tx: Transaction, attempt: Attempt): Promise<boolean> {
  const gone = await own(tx)
    .deleteFrom('attempt')
    .where('id', '=', attempt.id)
    .where('version', '=', attempt.version)
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** All of a person's, or all but this one, when what they rest on has changed: nothing half done goes on. */
export async function removeAttempts(tx: Transaction, account: AccountId, but: AttemptId | null = null): Promise<void> {
  await own(tx)
    .deleteFrom('attempt')
    .where('account_id', '=', account)
    .where('id', '!=', but ?? '')
    .execute();
}

export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('attempt').where('expires_at', '<=', now).execute();
}

/** Why an attempt of this browser was begun, over or not: enough to begin another one like it. */
export async function findPurpose(handle: Handle, id: AttemptId, browserSecret: string): Promise<Purpose | null> {
  const row = await own(handle)
    .selectFrom('attempt')
    .select('purpose')
    .where('id', '=', id)
    .where('browser_hash', '=', hashOf(browserSecret))
    .executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.purpose) as Purpose);
}
