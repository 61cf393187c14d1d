import { canonical } from '../core/accounts/canonical.ts';
import { type Account, findAccount } from '../core/accounts/store.ts';
import { removeAttempt, saveAttempt } from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { roleAnywhere, rulingsAnywhere } from '../core/policies/policy.ts';
import { realmAt } from '../core/realms/settings.ts';
import type { Form, Outcome } from '../methods/method.ts';
import { chargeAll, forgive, refundAll } from './charging.ts';
import { asOurFault } from './consequences.ts';
import type { Gate, LiveMethod, Turn } from './gate.ts';
import { type Asker, beginHeard, heldBy, orNobody, type Way, wayOf } from './heard.ts';
import { whoIs } from './named.ts';
import { callerBudget, firstRight, personBudget, record } from './one-pin.ts';
import { whoseRules } from './owned.ts';
import { subjectOf } from './subject.ts';

/**
 * Codes that a program has sent, to somebody whose password it has asked itself (`docs/adr/0050`): it learns whether one comes
 * back, as of a PIN (0039). Nobody is signed in by it, and nothing of it goes on where a password is asked.
 */
const forSent = (asker: Asker): Asker => ({ ...asker, name: `${asker.name}#sent` });

/** @returns what goes on with it, and what was sent; nothing is, to whoever is not there, is shut out, or has no such way */
export async function trigger(
  gate: Gate,
  asker: Asker,
  name: string,
): Promise<{ secret: string; ways: readonly Way[] }> {
  const account = await openAccount(gate, name);
  const secret = await beginHeard(gate, forSent(asker), { account: account?.id ?? null, progress: { typed: name } });
  const ways: Way[] = [];
  for (const [method, way] of account === null ? [] : await sendable(gate, account))
    if (await begin(await heldBy(gate, forSent(asker), secret), method, way)) ways.push(way);
  return { secret, ways };
}

/** Whoever may come in at all; the directory that keeps them is asked. */
async function openAccount(gate: Gate, name: string): Promise<Account | null> {
  const id = await whoIs(gate, name);
  const account = id === null ? null : await findAccount(gate.database.read, id);
  if (account === null || account.disabledAt !== null) return null;
  return (await gate.directory.letsIn(account.id, 0)) ? account : null;
}

/** What somebody has that is sent or asked on their phone, and that a rule takes anywhere. */
async function sendable(gate: Gate, account: Account): Promise<readonly (readonly [LiveMethod, Way])[]> {
  const { read } = gate.database;
  const { policies } = await gate.policy(read);
  const rulings = rulingsAnywhere(policies, { ...whoseRules(account), address: '' });
  const found: (readonly [LiveMethod, Way])[] = [];
  for (const method of gate.methods.values())
    for (const way of wayOf(method))
      if (
        way.kind !== 'code' &&
        roleAnywhere(rulings, method) !== 'off' &&
        (await method.list(read, account.id)).length > 0
      )
        found.push([method, way]);
  return found;
}

async function begin(turn: Turn, method: LiveMethod, { kind }: Way): Promise<boolean> {
  const { gate, attempt, visit } = turn;
  const outcome = await method.check(await subjectOf(turn, method.id), { send: kind === 'push' ? 'push' : 'again' });
  if (outcome.is !== 'begun') return false;
  return gate.database.transaction(async (tx) => {
    if (((await outcome.save?.(tx)) ?? null) !== null) return false;
    if ((await saveAttempt(tx, gate, attempt, {})) === null) return false;
    const { account } = attempt;
    await addEntry(tx, gate, { event: 'proof.begun', account, address: visit.address, detail: { method: method.id } });
    return true;
  });
}

interface Finishing {
  readonly secret: string;
  readonly name: string;
  /** What was typed; nothing: what came of the push? */
  readonly text: string;
  readonly address: string;
}

/** Is it what was sent, or their PIN? Each serves once, and a guess is counted before it is looked at. */
export async function finish(gate: Gate, asker: Asker, given: Finishing): Promise<boolean> {
  const turn = await heldBy(gate, forSent(asker), given.secret).catch(orNobody);
  if (turn === null || canonical(given.name) !== canonical(turn.attempt.progress.typed ?? '')) return false;
  const account = await openAccount(gate, given.name);
  const asked = {
    caller: asker.name,
    realm: realmAt(gate.realms, asker.application.id),
    address: given.address,
    user: given.name,
    otp: given.text,
    transaction: null,
  };
  const budgets = [await callerBudget(gate, asked, account), await personBudget(gate, asked, account)];
  const charged = await chargeAll(gate, budgets);
  const open = charged.blockedUntil === null && account?.id === turn.attempt.account ? account : null;
  const sent = open === null ? null : await firstSent(turn, open, given.text).catch(asOurFault(gate, charged));
  const right =
    sent?.right ?? (given.text === '' ? null : await firstRight(gate, asked, open).catch(asOurFault(gate, charged)));
  if (sent?.isNoGuess === true && right === null) await refundAll(gate, charged);
  // What was said of it is remembered: a code is burnt, a push has been answered.
  if (right === null) await gate.database.transaction((tx) => saveAttempt(tx, gate, turn.attempt, {}));
  return gate.database.transaction(async (tx) => {
    const valid = right !== null && (await removeAttempt(tx, turn.attempt)) && (await right.consume(tx));
    if (valid) await forgive(tx, charged);
    await record(tx, gate, asked, { account, method: right?.method ?? null, valid });
    return valid;
  });
}

/** What came of what was sent: of codes the one that fits, of a push whether it was approved. */
async function firstSent(turn: Turn, account: Account, text: string) {
  const { gate } = turn;
  const tried: Outcome[] = [];
  for (const [method, { kind }] of await sendable(gate, account)) {
    if ((kind === 'push') !== (text === '')) continue;
    const form: Form = kind === 'push' ? {} : { code: text };
    const outcome = await method.check(await subjectOf(turn, method.id), form);
    tried.push(outcome);
    if (outcome.is === 'proven') return { right: { method: method.id, consume: outcome.consume }, isNoGuess: false };
  }
  const isNoGuess = text === '' && tried.every((one) => one.is !== 'refused' || one.because !== 'wrong');
  return { right: null, isNoGuess };
}

/** What came of a push so far; null: none is under way. */
export async function lookAtSent(
  gate: Gate,
  asker: Asker,
  secret: string,
): Promise<'accepted' | 'waiting' | 'declined' | null> {
  const turn = await heldBy(gate, forSent(asker), secret).catch(orNobody);
  const account = turn?.attempt.account == null ? null : await findAccount(gate.database.read, turn.attempt.account);
  if (turn === null || account === null) return null;
  for (const [method, { kind }] of await sendable(gate, account)) {
    if (kind !== 'push') continue;
    const outcome = await method.check(await subjectOf(turn, method.id), {});
    await gate.database.transaction((tx) => saveAttempt(tx, gate, turn.attempt, {}));
    if (outcome.is === 'proven') return 'accepted';
    return outcome.is === 'refused' && outcome.because === 'waiting' ? 'waiting' : 'declined';
  }
  return null;
}
