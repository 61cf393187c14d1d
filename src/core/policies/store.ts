import type { Instant } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { prepared } from '../../store/prepared.ts';
import policySql from './0001-policy.sql';
import draftsSql from './0002-drafts.sql';
import { type Policy, policyDocument } from './document.ts';

export const migrations: readonly Migration[] = [
  { name: 'policies/0001', sql: policySql },
  { name: 'policies/0002', sql: draftsSql },
];

type Tables = { policy: { version: number; at: number; author: string; document: string; digest: string } };
const own = (handle: Handle) => handle.withTables<Tables>();

/** Who put a policy in force, and when. Numbered from 1 without a gap. */
export interface Version {
  readonly version: number;
  readonly at: Instant;
  /** `host` for the command line, else who did it. */
  readonly author: string;
}

const versionOf = ({ version, at, author }: Omit<Tables['policy'], 'document' | 'digest'>): Version => ({
  version,
  at: at as Instant,
  author,
});

/** The number of the one in force; 0: the configuration's. */
export async function findLatest(handle: Handle): Promise<number> {
  const [row] = await latest(handle);
  return row?.version ?? 0;
}

const latest = prepared((handle) =>
  own(handle).selectFrom('policy').select(['version', 'digest']).orderBy('version', 'desc').limit(1),
);

/** @throws when what is kept cannot be read by this version of ours: nobody is let in by a rule that nobody understands */
export async function findVersion(handle: Handle, version: number): Promise<(Version & { policy: Policy }) | null> {
  const row = await own(handle).selectFrom('policy').selectAll().where('version', '=', version).executeTakeFirst();
  return row === undefined
    ? null
    : { ...versionOf(row), policy: policyDocument.parse(JSON.parse(row.document) as unknown) };
}

/** The newest first. */
export async function listVersions(handle: Handle, limit: number): Promise<readonly Version[]> {
  const rows = await own(handle)
    .selectFrom('policy')
    .select(['version', 'at', 'author'])
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
  return rows.map(versionOf);
}

/** The next version. @returns false: somebody else's came after the one it was made from */
export async function addVersion(
  tx: Transaction,
  { clock }: Means,
  { after, author, policy }: { after: number; author: string; policy: Policy },
): Promise<boolean> {
  if ((await findLatest(tx)) !== after) return false;
  const document = JSON.stringify(policy);
  const added = await own(tx)
    .insertInto('policy')
    .values({ version: after + 1, at: clock.now(), author, document, digest: hashOf(document) })
    .onConflict((conflict) => conflict.column('version').doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** The policy that is in force at this moment. */
export type InForce = (handle: Handle) => Promise<Policy>;

/**
 * The last one of the database, else the configuration's. Which it is, is read each time; what a version says never
 * changes, so it is understood once.
 */
export function policyInForce(configured: Policy): InForce {
  let understood: { readonly digest: string; readonly policy: Policy } | null = null;
  return async (handle) => {
    const [row] = await latest(handle);
    if (row === undefined) return configured;
    if (understood?.digest === row.digest) return understood.policy;
    const found = await findVersion(handle, row.version);
    if (found === null) throw new Error(`the policy ${row.version} is gone`);
    understood = { digest: row.digest, policy: found.policy };
    return found.policy;
  };
}
