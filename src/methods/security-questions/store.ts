import type { Level } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { removeOwned } from '../../store/owned.ts';
import { prepared } from '../../store/prepared.ts';
import type { AccountId, Bound, Credential, CredentialId } from '../method.ts';

type Tables = {
  security_questions: {
    account_id: string;
    id: string;
    questions: string;
    phc: string;
    bound_at: number;
    bound_level: number;
    last_used_at: number | null;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

export interface StoredAnswers {
  readonly credential: Credential;
  /** Ids, in the order in which they were answered. */
  readonly questions: readonly string[];
  /** The hash of all answers together, as a PHC string. */
  readonly phc: string;
}

const rowOf = prepared((handle, account: string) =>
  own(handle).selectFrom('security_questions').selectAll().where('account_id', '=', account),
);

/** Asked for nobody too, so that nobody costs the same. */
export async function findAnswers(handle: Handle, account: AccountId | null): Promise<StoredAnswers | null> {
  const [row] = await rowOf(handle, account ?? '');
  if (row === undefined) return null;
  return {
    questions: row.questions.split(' '),
    phc: row.phc,
    credential: {
      id: row.id as CredentialId,
      label: null,
      left: null,
      lastUsedAt: row.last_used_at as Instant | null,
      bound: { at: row.bound_at as Instant, level: row.bound_level as Level },
    },
  };
}

export async function saveAnswers(
  tx: Transaction,
  given: { id: CredentialId; account: AccountId; questions: readonly string[]; phc: string; bound: Bound },
): Promise<void> {
  const { id, account, questions, phc, bound } = given;
  const values = {
    id,
    questions: questions.join(' '),
    phc,
    bound_at: bound.at,
    bound_level: bound.level,
    last_used_at: null,
  };
  await own(tx)
    .insertInto('security_questions')
    .values({ account_id: account, ...values })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
    .execute();
}

/** @returns false when they were taken away or answered anew meanwhile */
export async function saveUse(tx: Transaction, id: CredentialId, at: Instant, phc: string): Promise<boolean> {
  const used = await own(tx)
    .updateTable('security_questions')
    .set({ last_used_at: at, phc })
    .where('id', '=', id)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

export const removeAnswers = (tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number> =>
  removeOwned(tx, 'security_questions', account, which);
