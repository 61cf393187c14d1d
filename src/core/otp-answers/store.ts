import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import { mark } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import otpAnswersSql from './0001-otp-answers.sql';

export const migrations: readonly Migration[] = [{ name: 'otp-answers/0001', sql: otpAnswersSql }];
export const restored = emptied('otp_answer');

/** Who asks, and what they call this question: asked again, it is answered as before. */
export interface Question {
  readonly caller: string;
  readonly transaction: string;
  readonly user: string;
  readonly otp: string;
}

type Tables = {
  otp_answer: { transaction_hash: string; question_hash: string; valid: number; expires_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

const nameOf = ({ caller, transaction }: Question): string => hashOf(JSON.stringify([caller, transaction]));
/** Keyed: a code has few digits. */
const wordsOf = ({ ring }: Means, { user, otp }: Question): string => mark(ring, 'otp-question', user, otp);

/** @returns what was answered; `another` when this name was given to another question; null: it is new */
export async function findAnswer(
  handle: Handle,
  means: Means,
  question: Question,
): Promise<boolean | 'another' | null> {
  const row = await own(handle)
    .selectFrom('otp_answer')
    .selectAll()
    .where('transaction_hash', '=', nameOf(question))
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  if (row === undefined) return null;
  return row.question_hash === wordsOf(means, question) ? row.valid === 1 : 'another';
}

/** In the transaction that spends the code. Of two at once the first is kept. @returns false: somebody was faster */
export async function saveAnswer(tx: Transaction, means: Means, question: Question, valid: boolean): Promise<boolean> {
  const now = means.clock.now();
  const answer = {
    question_hash: wordsOf(means, question),
    valid: valid ? 1 : 0,
    expires_at: shift(now, minutes(10)),
  };
  const saved = await own(tx)
    .insertInto('otp_answer')
    .values({ transaction_hash: nameOf(question), ...answer })
    .onConflict((conflict) =>
      conflict.column('transaction_hash').doUpdateSet(answer).where('otp_answer.expires_at', '<=', now),
    )
    .executeTakeFirst();
  return Number(saved.numInsertedOrUpdatedRows) === 1;
}

export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('otp_answer').where('expires_at', '<=', now).execute();
}
