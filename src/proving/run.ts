import { type Attempt, rotateBrowserSecret, saveAttempt } from '../core/attempts/store.ts';
import { addEntry, type Event } from '../core/audit/store.ts';
import { type Budget, charge, clear, refund } from '../core/throttle/store.ts';
import { type Evidence, levelOf, type Proof } from '../flow/assurance.ts';
import { type Instant, shift } from '../kernel/clock.ts';
import type { Form, Outcome, Subject } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { nameOf } from './begin.ts';
import { budgetsOf } from './budgets.ts';
import type { Gate, LiveMethod, Visit } from './gate.ts';
import { letThrough, type Passed } from './let-through.ts';
import { notice } from './notices.ts';
import { decide } from './situation.ts';

/** What came of an answer. `stale`: it answered something that is not asked (any more); look again. */
export type Ran =
  | { readonly is: 'stale' }
  | { readonly is: 'refused' }
  | { readonly is: 'on'; readonly passed: Passed };

/**
 * The one place where a method's answer has consequences: charge the guess (its own transaction, committed), check it
 * (no transaction open), then consume, record, rotate and decide in one transaction.
 */
export async function prove(
  gate: Gate,
  attempt: Attempt,
  browserSecret: string,
  methodId: string,
  form: Form,
  visit: Visit,
): Promise<Ran> {
  const { step } = await decide(gate.database.read, gate, attempt, visit);
  const method = gate.methods.get(methodId);
  if (step.screen !== 'prove' || step.method !== methodId || method === undefined) return { is: 'stale' };

  const budgets = await budgetsOf(gate.database.read, gate, attempt, method.role, visit);
  const charged = await chargeAll(gate, budgets);
  // While the first door is blocked the answer is weighed against nobody: the same cost, the same "wrong", nothing learnt.
  if (charged !== null && method.role !== 'first')
    return refuse(gate, attempt, method, { because: 'blocked', until: charged }, visit);
  const outcome = await checked(
    gate,
    method,
    await subjectOf(gate, attempt, charged !== null),
    form,
    charged === null ? budgets : [],
  );
  if (outcome.is === 'refused') {
    if (charged === null && outcome.because !== 'wrong') await refundAll(gate, budgets);
    const until = outcome.wait === undefined ? null : shift(gate.clock.now(), outcome.wait);
    return refuse(gate, attempt, method, { because: outcome.because, until }, visit);
  }

  const proof: Proof = { ...outcome.evidence, method: method.id, credential: outcome.credential, at: gate.clock.now() };
  const ran = await atomically(gate, async (tx) => {
    if (!(await outcome.consume(tx))) return null;
    for (const { key } of budgets) await clear(tx, key);
    await record(tx, gate, attempt, 'proof.accepted', { method: method.id }, visit);
    if (proof.recovery) await notice(tx, gate, attempt, 'backup-code-used');
    return advance(tx, gate, attempt, browserSecret, { proofs: [...attempt.progress.proofs, proof] }, visit);
  });
  if (ran !== null) return ran;
  await refundAll(gate, budgets);
  return refuse(gate, attempt, method, { because: 'replayed', until: null }, visit);
}

/** Sets a method up. What it rests on is proven already: the table shows this screen to nobody else. */
export async function enrol(
  gate: Gate,
  attempt: Attempt,
  browserSecret: string,
  methodId: string,
  form: Form,
  visit: Visit,
): Promise<Ran> {
  const { step, proofs } = await decide(gate.database.read, gate, attempt, visit);
  const method = gate.methods.get(methodId);
  if (method === undefined || setUpNow(step, gate) !== methodId) return { is: 'stale' };

  const subject = await subjectOf(gate, attempt);
  const enrolment = await method.enrol(subject, form);
  if (enrolment.is === 'again')
    return refuse(gate, attempt, method, { because: enrolment.because, until: null }, visit);

  const now = gate.clock.now();
  const ran = await atomically(gate, async (tx) => {
    const credential = await enrolment.save(tx, { at: now, level: levelOf(proofs) });
    if (credential === false) return null;
    await record(tx, gate, attempt, 'method.added', { method: method.id }, visit);
    await notice(tx, gate, attempt, 'method-added');
    const proof = enrolment.evidence === null ? [] : [proofOf(enrolment.evidence, method, credential, now)];
    const made = [...attempt.progress.made, method.id];
    return advance(tx, gate, attempt, browserSecret, { proofs: [...attempt.progress.proofs, ...proof], made }, visit);
  });
  return ran ?? refuse(gate, attempt, method, { because: 'replayed', until: null }, visit);
}

/** The method a step is about to set up, if it is; a duty to keep backup codes is one. */
export function setUpNow(step: Awaited<ReturnType<typeof decide>>['step'], gate: Gate): string | null {
  if (step.screen === 'enrol') return step.method;
  if (step.screen !== 'duty') return null;
  return [...gate.methods.values()].find(({ role }) => role === 'backup')?.id ?? null;
}

const proofOf = (evidence: Evidence, method: LiveMethod, credential: string, at: Instant): Proof => ({
  ...evidence,
  method: method.id,
  credential,
  at,
});

/** Whom the method is asked about. */
export const subjectOf = async (gate: Gate, attempt: Attempt, asNobody = false): Promise<Subject> => ({
  account: asNobody ? null : attempt.account,
  name: await nameOf(gate, attempt),
  memo: attempt.memo,
});

/** All of them or, when one is blocked, none that follow; committed before anything is looked at. */
async function chargeAll(gate: Gate, budgets: readonly Budget[]): Promise<Instant | null> {
  return gate.database.transaction(async (tx) => {
    for (const budget of budgets) {
      const charged = await charge(tx, budget, gate.clock.now());
      if (charged.is === 'blocked') return charged.until;
    }
    return null;
  });
}

const refundAll = (gate: Gate, budgets: readonly Budget[]): Promise<void> =>
  gate.database.transaction(async (tx) => {
    for (const budget of budgets) await refund(tx, budget);
  });

/** A failure of ours is no guess of theirs. */
async function checked(
  gate: Gate,
  method: LiveMethod,
  subject: Subject,
  form: Form,
  budgets: readonly Budget[],
): Promise<Outcome> {
  try {
    return await method.check(subject, form);
  } catch (failure) {
    await refundAll(gate, budgets);
    throw failure;
  }
}

const events: Readonly<Record<string, Event>> = { replayed: 'proof.replayed', blocked: 'proof.blocked' };

async function refuse(
  gate: Gate,
  attempt: Attempt,
  method: LiveMethod,
  said: { because: string; until: Instant | null },
  visit: Visit,
): Promise<Ran> {
  await gate.database.transaction(async (tx) => {
    await record(
      tx,
      gate,
      attempt,
      events[said.because] ?? 'proof.refused',
      { method: method.id, because: said.because },
      visit,
    );
    await saveAttempt(tx, gate, attempt, { progress: { said: { method: method.id, ...said } } });
  });
  return { is: 'refused' };
}

const record = (
  tx: Transaction,
  gate: Gate,
  attempt: Attempt,
  event: Event,
  detail: Record<string, string>,
  visit: Visit,
): Promise<void> =>
  addEntry(tx, gate, {
    event,
    account: attempt.account,
    actor: attempt.account ?? 'nobody',
    address: visit.address,
    detail,
  });

/** Thrown to roll back what raced with another answer; the other one counts. */
class Outrun extends Error {}

async function atomically(gate: Gate, work: (tx: Transaction) => Promise<Ran | null>): Promise<Ran | null> {
  try {
    return await gate.database.transaction(work);
  } catch (failure) {
    if (failure instanceof Outrun) return { is: 'stale' };
    throw failure;
  }
}

/** Writes what is proven now under a new secret, and lets through whoever has enough. */
async function advance(
  tx: Transaction,
  gate: Gate,
  attempt: Attempt,
  browserSecret: string,
  progress: Pick<Attempt['progress'], 'proofs'> & Partial<Pick<Attempt['progress'], 'made'>>,
  visit: Visit,
): Promise<Ran> {
  attempt.memo.clear();
  const saved = await saveAttempt(tx, gate, attempt, {
    progress: { ...progress, chosen: null, choosing: false, said: null },
  });
  if (saved === null) throw new Outrun();
  const secret = await rotateBrowserSecret(tx, gate, browserSecret);
  return { is: 'on', passed: await letThrough(tx, gate, saved, secret, visit) };
}
