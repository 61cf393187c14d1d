import type { SessionId } from '../../core/sessions/store.ts';
import type { Level } from '../../flow/assurance.ts';
import { days, type Instant, seconds, shift } from '../../kernel/clock.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import { emptied } from '../../store/restored.ts';
import passesSql from './0001-passes.sql';
import parkedSql from './0002-parked.sql';
import ownedSql from './0003-owned.sql';

/** What somebody holds at a site's host. */
export interface Pass {
  readonly session: SessionId;
  /** What of a policy's asking was met when it was given. */
  readonly met: Level;
  /** What all they owned was worth then. */
  readonly owned: Level;
}

export const migrations: readonly Migration[] = [
  { name: 'forward-auth/0001', sql: passesSql },
  { name: 'forward-auth/0002', sql: parkedSql },
  { name: 'forward-auth/0003', sql: ownedSql },
];
export const restored = emptied('pass', 'parked');

type Tables = {
  pass: {
    secret_hash: string;
    session_id: string;
    site_id: string;
    met: number;
    owned: number;
    /** Who may take it; null: it is taken. */
    browser_hash: string | null;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** A pass that is still to be taken, within a minute, by the browser that set out for it. @returns the code it is taken by */
export async function addPass(
  tx: Transaction,
  { chance, clock }: Means,
  { session, site, met, owned, browserHash }: Pass & { site: string; browserHash: string },
): Promise<string> {
  const code = newSecret(chance);
  await own(tx)
    .insertInto('pass')
    .values({
      secret_hash: hashOf(code),
      session_id: session,
      site_id: site,
      met,
      owned,
      browser_hash: browserHash,
      expires_at: shift(clock.now(), seconds(60)),
    })
    .execute();
  return code;
}

/** By one conditional statement: of all who come with the code, one takes it. @returns the secret for the cookie */
export async function takePass(
  tx: Transaction,
  { chance, clock }: Means,
  { code, site, browser, instead }: { code: string; site: string; browser: string; instead: string | undefined },
): Promise<string | null> {
  const secret = newSecret(chance);
  const took = await own(tx)
    .updateTable('pass')
    // No session lives longer; the session's own end is looked at each time.
    .set({ secret_hash: hashOf(secret), browser_hash: null, expires_at: shift(clock.now(), days(30)) })
    .where('secret_hash', '=', hashOf(code))
    .where('site_id', '=', site)
    .where('browser_hash', '=', hashOf(browser))
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  if (took.numUpdatedRows !== 1n) return null;
  if (instead !== undefined) await own(tx).deleteFrom('pass').where('secret_hash', '=', hashOf(instead)).execute();
  return secret;
}

const taken = prepared((handle, secretHash: string, site: string) =>
  own(handle)
    .selectFrom('pass')
    .select(['session_id', 'met', 'owned'])
    .where('secret_hash', '=', secretHash)
    .where('site_id', '=', site)
    .where('browser_hash', 'is', null),
);

/** At this site alone. */
export async function findPass(handle: Handle, secret: string, site: string): Promise<Pass | null> {
  const [row] = await taken(handle, hashOf(secret), site);
  if (row === undefined) return null;
  return { session: row.session_id as SessionId, met: row.met as Level, owned: row.owned as Level };
}

export async function removeExpiredPasses(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('pass').where('expires_at', '<=', now).execute();
}
