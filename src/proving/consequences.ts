import { type Progress, rotateBrowserSecret, saveAttempt } from '../core/attempts/store.ts';
import { addEntry, type Event } from '../core/audit/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { shift } from '../kernel/clock.ts';
import type { Because, Outcome, Refusal } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { raiseAlarms } from './alarms.ts';
import { type Charged, refundAll } from './charging.ts';
import { clearPages } from './confirming.ts';
import type { Gate, LiveMethod, Turn } from './gate.ts';
import { letThrough, type Passed } from './let-through.ts';
import { notice } from './notices.ts';
import { Outrun } from './outrun.ts';

/** What follows from an answer, once it is known what it is worth: an attempt goes on, or says why not. */

export type Stale = { readonly is: 'stale' };

/** What came of an answer. `stale`: it answered something that is not asked (any more); look again. */
export type Ran =
  | Stale
  | { readonly is: 'refused' }
  /** A code is on its way, or the person goes on at their provider's. */
  | { readonly is: 'begun'; readonly leaveFor: string | null }
  | { readonly is: 'on'; readonly passed: Passed }
  /** It is over, and nobody is let through. */
  | { readonly is: 'left'; readonly to: string };

/** Writes what is proven now under a new secret, and lets through whoever has enough. */
export async function advance(tx: Transaction, turn: Turn, gained: Partial<Progress>): Promise<Ran> {
  const { gate, attempt } = turn;
  clearPages(attempt.memos);
  const progress = { ...gained, chosen: null, choosing: false, said: null };
  const saved = await saveAttempt(tx, gate, attempt, { progress });
  if (saved === null) throw new Outrun();
  const secret = await rotateBrowserSecret(tx, gate, turn.secret);
  return { is: 'on', passed: await letThrough(tx, { ...turn, attempt: saved, secret }) };
}

/** One answer of many changes the attempt; the others are told to look again. */
export async function atomically<T>(
  { gate, attempt }: Turn,
  work: (tx: Transaction) => Promise<T>,
): Promise<T | Stale> {
  try {
    return await gate.database.transaction(async (tx) => {
      await oneAtATime(tx, attempt.account);
      return work(tx);
    });
  } catch (failure) {
    if (failure instanceof Outrun) return { is: 'stale' };
    throw failure;
  }
}

export type Blocked = { readonly is: 'refused'; readonly because: 'blocked'; readonly wait: number };

const refusals: Partial<Record<Because | 'blocked', Event>> = {
  replayed: 'proof.replayed',
  blocked: 'proof.blocked',
  'not-alone': 'InvalidCredentials',
};

/** Of what was refused: a method's answer, or a temporary code. */
type Refused = Pick<LiveMethod, 'id' | 'role'>;

/** Keeps what to say on the page, and writes down that an answer was refused. */
export async function refuse(
  turn: Turn,
  method: Refused,
  refusal: Refusal | Blocked,
  charged: Charged | null = null,
): Promise<Ran> {
  const { gate, attempt } = turn;
  const { because, wait } = refusal;
  const until = wait === undefined ? null : shift(gate.clock.now(), wait);
  await gate.database.transaction(async (tx) => {
    await record(tx, turn, refusals[because] ?? 'proof.refused', { method: method.id, because, ...heardOf(refusal) });
    // They, or whoever has their phone, said no to somebody who knows their password.
    if (because === 'denied') await notice(tx, gate, attempt.account, 'sign-in-denied');
    if (because === 'wrong' && charged !== null) await raiseAlarms(tx, turn, method.role, charged);
    await saveAttempt(tx, gate, attempt, { progress: { said: { method: method.id, because, until } } });
  });
  return { is: 'refused' };
}

/** What a provider said of it, where one did. */
export const heardOf = (outcome: Outcome | Refusal | Blocked): { heard?: string } =>
  'heard' in outcome ? { heard: outcome.heard ?? '' } : {};

export const record = (tx: Transaction, turn: Turn, event: Event, detail: Record<string, string>): Promise<void> => {
  const { account } = turn.attempt;
  return addEntry(tx, turn.gate, { event, account, address: turn.visit.address, detail });
};

/** A fault of ours is no guess of theirs. */
export const asOurFault =
  (gate: Gate, charged: Charged) =>
  async (failure: unknown): Promise<never> => {
    await refundAll(gate, charged);
    throw failure;
  };
