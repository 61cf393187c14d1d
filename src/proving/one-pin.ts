import { canonical } from '../core/accounts/canonical.ts';
import { type Account, type AccountId, findAccountByName } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { findAnswer, type Question, saveAnswer } from '../core/otp-answers/store.ts';
import { roleAnywhere, rulingsAnywhere } from '../core/policies/policy.ts';
import type { Budget } from '../core/throttle/store.ts';
import { mark } from '../kernel/seal.ts';
import type { Transaction } from '../store/database.ts';
import { secondBudget } from './budgets.ts';
import { chargeAll, forgive, refundAll } from './charging.ts';
import { asOurFault } from './consequences.ts';
import type { Gate } from './gate.ts';
import { whoseRules } from './owned.ts';
import { pins, realmFor } from './realms.ts';

/**
 * One PIN for several applications (`docs/adr/0039`): an application with a form of its own asks whether a code is this
 * person's, now. It learns yes or no, and no more: nobody is signed in by it.
 */
export interface Asked {
  /** The application's own token, by its name. */
  readonly caller: string;
  /** Whose PINs the application takes, as its token says. */
  readonly realm: string;
  readonly address: string;
  readonly user: string;
  readonly otp: string;
  /** What it calls this question; null: it does not ask it twice. */
  readonly transaction: string | null;
}

export type Verdict =
  | { readonly is: 'answered'; readonly valid: boolean }
  /** Too many wrong ones of this person by this application. @param wait milliseconds */
  | { readonly is: 'suspended'; readonly wait: number }
  /** This name was given to another question. */
  | { readonly is: 'another' };

/** Unknown, disabled, locked, wrong and used before are one answer: no. */
export async function verifyPin(gate: Gate, asked: Asked): Promise<Verdict> {
  const question = questionOf(asked);
  const before = question === null ? null : await findAnswer(gate.database.read, gate, question);
  if (before !== null) return before === 'another' ? { is: 'another' } : { is: 'answered', valid: before };

  const account = await findAccountByName(gate.database.read, asked.user);
  const letIn = account === null || (await gate.directory.letsIn(account.id, 0));
  // The application runs dry first: whoever guesses through its form shuts it out of this person, and not the person.
  const byCaller = await chargeAll(gate, [await callerBudget(gate, asked, account)]);
  if (byCaller.blockedUntil !== null) return { is: 'suspended', wait: byCaller.blockedUntil - gate.clock.now() };
  const byAll = await chargeAll(gate, [await personBudget(gate, asked, account)]);
  const open = letIn && account?.disabledAt === null && byAll.blockedUntil === null;
  const charged = { ...byAll, failures: new Map([...byCaller.failures, ...byAll.failures]) };
  const right = await firstRight(gate, asked, open ? account : null).catch(asOurFault(gate, charged));
  try {
    return await gate.database.transaction(async (tx) => {
      const valid = open && (await right?.consume(tx)) === true;
      if (question !== null && !(await saveAnswer(tx, gate, question, valid))) throw new AskedTwice();
      if (valid) await forgive(tx, charged);
      await record(tx, gate, asked, { account, method: right?.method ?? null, valid });
      return { is: 'answered', valid };
    });
  } catch (failure) {
    await refundAll(gate, charged);
    if (!(failure instanceof AskedTwice)) throw failure;
    return verifyPin(gate, asked);
  }
}

/** What came of a question is in the log, by who asked. */
export const record = (
  tx: Transaction,
  gate: Gate,
  { caller: application, address }: Asked,
  { account, method, valid }: { account: Account | null; method: string | null; valid: boolean },
): Promise<void> =>
  addEntry(tx, gate, {
    event: valid ? 'proof.accepted' : 'proof.refused',
    account: account?.id ?? null,
    actor: `token:${application}`,
    address,
    detail: { method, application },
  });

/** Of two that ask the same at once the second spends nothing, and hears what the first did. */
class AskedTwice extends Error {}

const questionOf = ({ caller, transaction, user, otp }: Asked): Question | null =>
  transaction === null ? null : { caller, transaction, user, otp };

const lockAfterIn = async (gate: Gate): Promise<number> => (await gate.policy(gate.database.read)).guessing.lockAfter;

/** Shut for good one wrong answer before the person would be: no application locks anybody by itself. */
export const callerBudget = async (gate: Gate, { caller, user }: Asked, account: Account | null): Promise<Budget> => ({
  key: `pin:${whoIn(gate, user, account)}:${caller}`,
  schedule: 'pin',
  shutAt: (await lockAfterIn(gate)) - 1,
});

export const personBudget = async (gate: Gate, { user }: Asked, account: Account | null): Promise<Budget> =>
  secondBudget(whoIn(gate, user, account), await lockAfterIn(gate));

const whoIn = ({ ring }: Gate, user: string, account: Account | null): string =>
  account?.id ?? `nobody:${mark(ring, 'unknown-name', canonical(user))}`;

export interface Right {
  readonly method: string;
  consume(tx: Transaction): Promise<boolean>;
}

/** All that shows codes is asked, whoever it is: the same work for everybody. */
export async function firstRight(gate: Gate, { otp, ...asked }: Asked, account: Account | null): Promise<Right | null> {
  const { read } = gate.database;
  const { policies } = await gate.policy(read);
  const { id, name } = whomIn(account);
  const realm = await realmFor(read, gate, id, asked.realm);
  const rulings = rulingsAnywhere(policies, { ...whoseRules(account), address: '' });
  let right: Right | null = null;
  for (const method of pins(gate)) {
    const outcome = await method.check({ account: id, name, memo: new Map(), returnTo: '', realm }, { code: otp });
    const isTaken = outcome.is === 'proven' && roleAnywhere(rulings, method) !== 'off';
    if (isTaken) right ??= { method: method.id, consume: outcome.consume };
  }
  return right;
}

/** Nobody is asked about like anybody: what is kept is read for, and nothing is found. */
const whomIn = (account: Account | null) => ({ id: account?.id ?? ('' as AccountId), name: account?.username ?? '' });
