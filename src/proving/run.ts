import { type Progress, removeAttempt, saveAttempt } from '../core/attempts/store.ts';
import { levelOf, type Proof } from '../flow/assurance.ts';
import type { Facts, Offer } from '../flow/facts.ts';
import { askedBy, type Step } from '../flow/table.ts';
import type { AccountId, Begun, Form, Outcome } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { budgetsOf } from './budgets.ts';
import { type Charged, chargeAll, forgive, refundAll } from './charging.ts';
import { hold, keepHeld } from './confirming.ts';
import { advance, asOurFault, atomically, type Blocked, heardOf, type Ran, record, refuse } from './consequences.ts';
import { type Gate, type LiveMethod, passkeyMethod, type Turn } from './gate.ts';
import { letThrough } from './let-through.ts';
import { notice, noticeOf } from './notices.ts';
import { Outrun } from './outrun.ts';
import { noteOwned, removeBeside } from './owned.ts';
import { endElsewhere } from './people.ts';
import { decide } from './situation.ts';
import { subjectOf } from './subject.ts';

/** The field of a form, beside the method's own, by which a person keeps this browser from asking again. */
export const rememberField = 'remember';

/**
 * The one place where a method's answer has consequences: charge the guess (its own transaction, committed), check it
 * (no transaction open), then consume, record, rotate and decide in one transaction.
 */
export async function prove(came: Turn, methodId: string, form: Form): Promise<Ran> {
  const { gate } = came;
  const { [rememberField]: remember, ...answer } = form;
  const turn = await asWhoever(came, methodId, answer);
  const { attempt } = turn;
  // By whatever way they come: whoever keeps them in our place is asked now, before a guess is counted.
  if (attempt.account !== null) await gate.directory.letsIn(attempt.account, 0, attempt.id);
  const { step, facts, open, mayRemember, proofs } = await decide(gate.database.read, turn);
  const method = gate.methods.get(methodId);
  if (method === undefined || askedBy(step) !== methodId) return notAsked(came, turn, method);

  const charged = await chargeAll(gate, await budgetsOf(turn, method, facts.met));
  const outcome = await weigh(turn, method, { answer, open, charged });
  // No guess was made, or none that counts.
  if (outcome.is !== 'proven' && !isWrong(outcome)) await refundAll(gate, charged);
  if (outcome.is === 'refused') return refuse(came, method, outcome, charged);
  if (outcome.is === 'begun') return setGoing(turn, method, outcome);
  // Asked alone, it has to be enough alone; it stays counted, and nothing is granted (P-6).
  const alone = comesFirst(method, facts);
  if (alone && !maybeAlone(method, outcome)) return refuse(came, method, { because: 'not-alone', ...heardOf(outcome) });
  if (isAnother(came, turn)) return leaveAsAnother(turn, method, outcome);

  const ran = await atomically<Ran | null>(turn, async (tx) => {
    if (!(await outcome.consume(tx))) return null;
    await forgive(tx, charged);
    await record(tx, turn, 'proof.accepted', { method: method.id, ...heardOf(outcome) });
    if (outcome.evidence.recovery) await noteSpent(tx, gate, attempt.account);
    if (step.screen === 'confirm') return advance(tx, turn, await confirm(tx, turn, proofs));
    return advance(tx, turn, {
      proofs: [
        ...attempt.progress.proofs,
        proofOf(turn, method, outcome, { alone, once: attempt.purpose.wanted !== null }),
      ],
      elsewhere: attempt.progress.elsewhere || outcome.elsewhere === true,
      remember: attempt.progress.remember || wishes(remember, mayRemember),
    });
  }).catch(asOurFault(gate, charged));
  if (ran?.is === 'on') return ran;
  await refundAll(gate, charged);
  return ran ?? refuse(came, method, { because: 'replayed' });
}

/** It may have been the last: what they own is another now. */
async function noteSpent(tx: Transaction, gate: Gate, account: AccountId | null): Promise<void> {
  await notice(tx, gate, account, 'backup-code-used');
  if (account !== null) await noteOwned(tx, gate, account);
}

const isWrong = (outcome: Outcome | Blocked): boolean => outcome.is === 'refused' && outcome.because === 'wrong';

const wishes = (ticked: string | undefined, mayRemember: number): boolean => ticked === 'yes' && mayRemember > 0;

/** A passkey that says whose it is, where none is taken, is told so. */
const notAsked = async (came: Turn, turn: Turn, method: LiveMethod | undefined): Promise<Ran> =>
  method === undefined || turn === came ? { is: 'stale' } : refuse(came, method, { because: 'refused-before' });

/** Is it them? Blocked or disabled, the answer is weighed against nobody: the same cost, the same "wrong", nothing learnt. */
async function weigh(
  turn: Turn,
  method: LiveMethod,
  { answer, open, charged }: { answer: Form; open: boolean; charged: Charged },
): Promise<Outcome | Blocked> {
  const { gate, attempt } = turn;
  const { blockedUntil } = charged;
  if (blockedUntil !== null && method.role !== 'first')
    return { is: 'refused', because: 'blocked', wait: blockedUntil - gate.clock.now() };
  const weighed = open && blockedUntil === null;
  const subject = await subjectOf(weighed ? turn : { ...turn, attempt: { ...attempt, account: null } }, method.id);
  return method.check(subject, answer).then(mustSaySomething(method)).catch(asOurFault(gate, charged));
}

const comesFirst = ({ role }: LiveMethod, { met }: Facts): boolean => !met && role !== 'first';

/** A key that anybody may begin with is worth what it is worth; in place of a password that was asked before, two factors. */
const maybeAlone = ({ alone }: LiveMethod, { evidence }: Proven): boolean =>
  alone === 'anywhere' || (alone === 'in-kept-browsers' && levelOf([evidence]) > 1);

/**
 * Where nobody has said who they are, or only an application has, the answer may: a passkey knows whose it is. What it says
 * counts once it is proven; a wrong one leaves the attempt whosever it was.
 */
async function asWhoever(turn: Turn, methodId: string, form: Form): Promise<Turn> {
  const { gate, attempt } = turn;
  const passkey = gate.methods.get(methodId)?.passkey;
  if (passkey === undefined || (attempt.identified && !attempt.purpose.named)) return turn;
  const account = await passkey.whose(form);
  if (attempt.identified && (account === null || account === attempt.account)) return turn;
  const progress = { ...attempt.progress, proofs: [], chosen: methodId };
  return { ...turn, attempt: { ...attempt, account, identified: true, session: null, progress } };
}

const isAnother = (came: Turn, { attempt }: Turn): boolean =>
  !!attempt.purpose.named && attempt.account !== came.attempt.account;

/** Proven to be somebody else than the application named: it hears so, and nobody is let through (P-7). */
const leaveAsAnother = (turn: Turn, { id }: LiveMethod, { consume }: Proven): Promise<Ran> =>
  atomically<Ran>(turn, async (tx) => {
    const { attempt } = turn;
    if (!(await consume(tx)) || !(await removeAttempt(tx, attempt))) throw new Outrun();
    await record(tx, turn, 'IdentitySwitch', { method: id });
    return { is: 'left', to: attempt.purpose.leaveTo ?? attempt.purpose.returnTo };
  });

/** What is none of the words of `Outcome` is no outcome, and lets nobody in (T21). */
const mustSaySomething =
  ({ id }: LiveMethod) =>
  (outcome: Outcome | null | undefined): Outcome => {
    if (outcome?.is === 'proven' || outcome?.is === 'refused' || outcome?.is === 'begun') return outcome;
    throw new Error(`${id} does not say what came of it`);
  };

/** Sets a method up. What it rests on is proven already: the table shows this screen to nobody else. */
export async function enrol(turn: Turn, methodId: string, form: Form): Promise<Ran> {
  const { gate, attempt } = turn;
  const { step, facts, proofs } = await decide(gate.database.read, turn);
  const method = gate.methods.get(methodId);
  if (method === undefined || setUpNow(step, gate) !== methodId) return { is: 'stale' };

  const enrolment = await method.enrol(await subjectOf(turn, method.id), form);
  if (enrolment.is === 'again') return refuse(turn, method, enrolment);
  if (enrolment.is === 'begun') return setGoing(turn, method, enrolment);

  if (step.screen === 'offer' && facts.confirm !== null) return waitForCode(turn, method, enrolment.held);

  const ran = await atomically<Ran | null>(turn, async (tx) => {
    const credential = await enrolment.save(tx, { at: gate.clock.now(), level: levelOf(proofs) });
    if (credential === false) return null;
    if (attempt.account !== null) await noteOwned(tx, gate, attempt.account);
    await record(tx, turn, 'method.added', { method: method.id });
    await notice(tx, gate, attempt.account, noticeOf(method));
    if (method.role === 'first' && attempt.account !== null) await shutOut(tx, turn, attempt.account);
    if (step.screen === 'confirm') return advance(tx, turn, await confirm(tx, turn, proofs));
    const { evidence } = enrolment;
    const proven = evidence === null ? [] : [proofOf(turn, method, { credential, evidence })];
    return advance(tx, turn, {
      proofs: [...attempt.progress.proofs, ...proven],
      made: [...attempt.progress.made, method.id],
      ...(step.screen === 'offer' && { answered: { ...attempt.progress.answered, [step.offer]: 'yes' as const } }),
    });
  });
  return ran ?? refuse(turn, method, { because: 'replayed' });
}

/** Whoever knew the old password is out, wherever they are and however far they had come (ASVS 7.4.3). */
async function shutOut(tx: Transaction, { gate, attempt }: Turn, account: AccountId): Promise<void> {
  await endElsewhere(tx, account, { attempt: attempt.id });
  // So is what they could have made with it.
  if ((await removeBeside(tx, gate, account, 2)) > 0) await notice(tx, gate, account, 'method-removed');
}

/** A code that confirms is no proof: what is reached stays as it was. */
async function confirm(tx: Transaction, turn: Turn, proofs: readonly Proof[]): Promise<Partial<Progress>> {
  await keepHeld(tx, turn, levelOf(proofs));
  return { confirmed: true };
}

/** A passkey made on the way to the code that confirms: until then it opens nothing. */
function waitForCode(turn: Turn, method: LiveMethod, held: string | undefined): Promise<Ran> {
  if (held === undefined) throw new Error(`what ${method.id} makes cannot be held`);
  hold(turn.attempt, method.id, held);
  return atomically(turn, (tx) =>
    advance(tx, turn, { answered: { ...turn.attempt.progress.answered, passkey: 'yes' } }),
  );
}

/** Yes, not now, or never here: it is not asked again on this way. */
export async function answerOffer(turn: Turn, offer: Offer, answer: 'yes' | 'no' | 'never'): Promise<Ran> {
  const { step } = await decide(turn.gate.database.read, turn);
  if (step.screen !== 'offer' || step.offer !== offer) return { is: 'stale' };
  const answered = { ...turn.attempt.progress.answered, [offer]: answer };
  return atomically(turn, (tx) => advance(tx, turn, { answered }));
}

/** Goes on with what is proven already: in another tab, or by the session. */
export async function goOn(turn: Turn): Promise<Ran> {
  return atomically(turn, async (tx) => ({ is: 'on', passed: await letThrough(tx, turn) }));
}

/** The method a step is about to set up, if it is; the duty to keep backup codes is one. */
export function setUpNow(step: Step, gate: Gate): string | null {
  if (step.screen === 'enrol') return step.method;
  if (step.screen === 'confirm' && step.anew && step.methods.length === 1) return step.methods[0] ?? null;
  if (step.screen === 'offer' && step.offer === 'passkey') return passkeyMethod(gate)?.id ?? null;
  if (step.screen !== 'duty') return null;
  return [...gate.methods.values()].find(({ role }) => role === 'backup')?.id ?? null;
}

/** A code is sent, a push is begun: nothing was guessed, so nothing is charged. */
async function setGoing(turn: Turn, method: LiveMethod, { save, leaveFor }: Begun): Promise<Ran> {
  const { gate, attempt } = turn;
  const ran = await atomically(turn, async (tx) => {
    const hindrance = (await save?.(tx)) ?? null;
    if (hindrance !== null) return { is: 'hindered', hindrance } as const;
    if ((await saveAttempt(tx, gate, attempt, { progress: { said: null } })) === null) throw new Outrun();
    await record(tx, turn, 'proof.begun', { method: method.id });
    return { is: 'begun', leaveFor: leaveFor ?? null } as const;
  });
  return ran.is === 'hindered' ? refuse(turn, method, ran.hindrance) : ran;
}

type Proven = Outcome & { is: 'proven' };

const proofOf = (
  { gate }: Turn,
  method: LiveMethod,
  { credential, evidence }: Pick<Proven, 'credential' | 'evidence'>,
  { alone = false, once = false } = {},
): Proof => ({
  ...evidence,
  method: method.id,
  credential,
  at: gate.clock.now(),
  ...(alone && { alone }),
  ...(once && { once }),
});
