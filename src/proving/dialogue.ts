import { canonical } from '../core/accounts/canonical.ts';
import { type Account, type AccountId, findAccount } from '../core/accounts/store.ts';
import { saveAttempt } from '../core/attempts/store.ts';
import type { Step } from '../flow/table.ts';
import type { Form } from '../methods/method.ts';
import { choose, identify } from './begin.ts';
import { firstMethod, type Gate, type Turn } from './gate.ts';
import { type Asker, beginHeard, endHeard, Gone, heldBy, orNobody, type Way, wayOf } from './heard.ts';
import type { Passed } from './let-through.ts';
import { goOn, prove } from './run.ts';
import { decide } from './situation.ts';
import { subjectOf } from './subject.ts';

/**
 * A sign-in where there is no page: a gate to a network asks with what somebody typed, shows them a line of ours and brings
 * what they answer (`docs/adr/0050`). It is an attempt like any other, and ends in a yes instead of a session.
 */

export type Said =
  | { readonly is: 'yes'; readonly account: Account }
  /** @param because `wrong` for all that is weighed; the rest is said only after a proof */
  | { readonly is: 'no'; readonly because: 'wrong' | 'denied' | 'blocked' | 'elsewhere'; readonly help: string | null }
  | {
      readonly is: 'more';
      /** Goes on with it: for this asker, once. */
      readonly secret: string;
      readonly way: Way;
      /** What they may take instead. */
      readonly others: readonly Way[];
      /** Why the last answer, or what was to be sent, came to nothing; null: nothing did. */
      readonly because: string | null;
    };

const no = (because: (Said & { is: 'no' })['because'], help: string | null = null): Said => ({
  is: 'no',
  because,
  help,
});

/**
 * A name and its password, with a code besides where one field takes both. Nobody else's attempt is begun by it, and none
 * is left where it comes to nothing.
 */
export async function ask(
  gate: Gate,
  asker: Asker,
  given: { readonly name: string; readonly password: string; readonly code: string | null },
): Promise<Said> {
  const secret = await beginHeard(gate, asker, { account: null });
  const first = firstMethod(gate).id;
  const weighed = async () => {
    await identify(await heldBy(gate, asker, secret), given.name, first);
    const ran = await prove(await heldBy(gate, asker, secret), first, { password: given.password });
    return ran.is === 'on' ? onwards(gate, asker, ran.passed, given.code) : no('wrong');
  };
  try {
    return await untilNo(gate, asker, secret, weighed());
  } catch (failure) {
    // Whoever asks again begins again.
    await endHeard(gate, asker, secret).catch(() => undefined);
    throw failure;
  }
}

/** What they answered to what was asked for last. @param name must be the one that it was begun with */
export const answer = (gate: Gate, asker: Asker, given: Answered): Promise<Said> =>
  untilNo(gate, asker, given.secret, weigh(gate, asker, given, answerOne));

/**
 * The same, where whoever asks does not say by which way: what is typed is given to what was sent, and to whatever shows codes.
 * Whoever is wrong tries again, as long as the sign-in lives and guesses are looked at.
 */
export const answerAny = (gate: Gate, asker: Asker, given: Answered): Promise<Said> =>
  unlessGone(weigh(gate, asker, given, answerEach));

export interface Answered {
  readonly secret: string;
  readonly name: string;
  readonly text: string;
}

type Answering = (gate: Gate, asker: Asker, secret: string, asked: Asked & { text: string }) => Promise<Said>;

async function weigh(gate: Gate, asker: Asker, { secret, name, text }: Answered, answering: Answering): Promise<Said> {
  const turn = await heldBy(gate, asker, secret);
  if (canonical(name) !== canonical(turn.attempt.progress.typed ?? '')) return no('wrong');
  const { ways, no: refusal } = await lookAt(turn);
  if (refusal !== null) return refusal;
  const way = ways.find(({ method }) => method === turn.attempt.progress.chosen);
  return way === undefined ? no('wrong') : answering(gate, asker, secret, { ways, way, text });
}

/** By the way that was asked for, or a number that asks for another. */
const answerOne: Answering = async (gate, asker, secret, asked) => {
  const others = asked.ways.filter((one) => one !== asked.way);
  const other = others[Number(/^[1-9]$/.exec(asked.text.trim())?.[0]) - 1];
  if (other !== undefined) return put(gate, asker, secret, { ...asked, way: other });
  return give(gate, asker, secret, asked);
};

const answerEach: Answering = async (gate, asker, secret, { ways, way, text }) => {
  if (text === '') return way.kind === 'push' ? give(gate, asker, secret, { ways, way, text }) : no('wrong');
  const said = way.kind === 'sent' ? await give(gate, asker, secret, { ways, way, text }) : no('wrong');
  if (isSettled(said)) return said;
  const shown = await giveCode(gate, asker, secret, { ways, code: text });
  // What was sent is asked for still.
  if (!isSettled(shown)) await turnTo(gate, asker, secret, way);
  return shown;
};

const isSettled = (said: Said): boolean => said.is === 'yes' || (said.is === 'no' && said.because !== 'wrong');

/** What came of a push so far; nothing follows from it. @returns null: none is under way */
export async function look(
  gate: Gate,
  asker: Asker,
  secret: string,
): Promise<'accepted' | 'waiting' | 'declined' | null> {
  const turn = await heldBy(gate, asker, secret).catch(orNobody);
  const method = gate.methods.get(turn?.attempt.progress.chosen ?? '');
  if (turn === null || !method?.pushes) return null;
  const outcome = await method.check(await subjectOf(turn, method.id), {});
  // What their provider has said once is remembered.
  await gate.database.transaction((tx) => saveAttempt(tx, gate, turn.attempt, {}));
  if (outcome.is === 'proven') return 'accepted';
  return outcome.is === 'refused' && outcome.because === 'waiting' ? 'waiting' : 'declined';
}

const unlessGone = (saying: Promise<Said>): Promise<Said> =>
  saying.catch((failure: unknown) => {
    if (failure instanceof Gone) return no('wrong');
    throw failure;
  });

/** Where it comes to a no, nothing is left to go on with; a fault of ours is none. */
async function untilNo(gate: Gate, asker: Asker, secret: string, saying: Promise<Said>): Promise<Said> {
  const said = await unlessGone(saying);
  if (said.is === 'no') await endHeard(gate, asker, secret);
  return said;
}

/** Gives what was typed to the way that was asked for. */
async function give(gate: Gate, asker: Asker, secret: string, given: Asked & { text: string }): Promise<Said> {
  const { ways, way, text } = given;
  // From here on whoever has enough is let through, in the transaction that spends what they gave.
  const { holds, ...turn } = await heldBy(gate, asker, secret);
  const ran = await prove(turn, way.method, formOf(way, text));
  if (ran.is === 'on') return onwards(gate, asker, ran.passed, null);
  if (ran.is === 'begun') return more(secret, ways, way, null);
  if (ran.is !== 'refused') return no('wrong');
  const because = await whyNot(gate, asker, secret);
  if (isNoAnswer.has(because)) return more(secret, ways, way, because);
  return no(because === 'blocked' ? 'blocked' : 'wrong');
}

/** Nothing was guessed: they are asked again. */
const isNoAnswer: ReadonlySet<string> = new Set(['malformed', 'waiting']);

const whyNot = async (gate: Gate, asker: Asker, secret: string): Promise<string> =>
  (await heldBy(gate, asker, secret)).attempt.progress.said?.because ?? 'wrong';

interface Asked {
  readonly ways: readonly Way[];
  readonly way: Way;
}

/** Something was proven: it is enough, or the next is asked for. */
async function onwards(gate: Gate, asker: Asker, passed: Passed, code: string | null): Promise<Said> {
  if (passed.heard !== null) return yes(gate, passed.heard);
  const secret = passed.attemptSecret;
  return untilNo(gate, asker, secret, goOnWith(gate, asker, secret, code));
}

async function goOnWith(gate: Gate, asker: Asker, secret: string, code: string | null): Promise<Said> {
  const { holds, ...turn } = await heldBy(gate, asker, secret);
  const { ways, no: refusal, done, preferred } = await lookAt(turn);
  if (done) {
    const ran = await goOn(turn);
    return ran.is === 'on' && ran.passed.heard !== null ? yes(gate, ran.passed.heard) : no('wrong');
  }
  if (refusal !== null) return refusal;
  if (code !== null) return giveCode(gate, asker, secret, { ways, code });
  const way = ways.find(({ method }) => method === preferred) ?? ways[0];
  return way === undefined ? no('elsewhere') : put(gate, asker, secret, { ways, way });
}

/** A code that came along with the password: of whatever shows codes by itself, and each that is asked counts a guess. */
async function giveCode(
  gate: Gate,
  asker: Asker,
  secret: string,
  { ways, code }: { readonly ways: readonly Way[]; readonly code: string },
): Promise<Said> {
  for (const way of ways.filter(({ method }) => gate.methods.get(method)?.pin)) {
    await turnTo(gate, asker, secret, way);
    const said = await give(gate, asker, secret, { ways, way, text: code });
    if (isSettled(said)) return said;
  }
  return no('wrong');
}

/** Asks for one way: what has to be sent for it is sent, now that a password was right. */
async function put(gate: Gate, asker: Asker, secret: string, { ways, way }: Asked): Promise<Said> {
  await turnTo(gate, asker, secret, way);
  if (way.kind === 'code') return more(secret, ways, way, null);
  const form = { send: way.kind === 'push' ? 'push' : 'again' };
  const ran = await prove(await heldBy(gate, asker, secret), way.method, form);
  // Their provider lets them through unasked.
  if (ran.is === 'on') return onwards(gate, asker, ran.passed, null);
  if (ran.is === 'begun') return more(secret, ways, way, null);
  const because = await whyNot(gate, asker, secret);
  // One that was sent a moment ago still serves, and so does another way.
  return because === 'blocked' ? no('blocked') : more(secret, ways, way, because);
}

/** Where it is asked for already nothing is written: of two answers at once neither is in the other's way. */
async function turnTo(gate: Gate, asker: Asker, secret: string, { method }: Way): Promise<void> {
  const turn = await heldBy(gate, asker, secret);
  if (turn.attempt.progress.chosen !== method) await choose(turn, method);
}

const more = (secret: string, ways: readonly Way[], way: Way, because: string | null): Said => ({
  is: 'more',
  secret,
  way,
  others: ways.filter((one) => one !== way),
  because,
});

/** Where an attempt stands, for whoever has no page. */
async function lookAt(turn: Turn) {
  const { gate } = turn;
  const { step, facts, help } = await decide(gate.database.read, turn);
  // Where something would have to be set up in the end, nothing that is owned is asked for on the way.
  const leads = leadsOn(step) && facts.mayEnrol.length === 0;
  const open = leads ? ('methods' in step ? step.methods : [...facts.usable, ...facts.spare]) : [];
  const ways = open.flatMap((id) => wayOf(gate.methods.get(id)));
  const { preferred } = facts;
  const done = step.screen === 'done';
  if (done || ways.length > 0) return { done, ways, preferred, no: null };
  const because = step.screen === 'denied' || step.screen === 'blocked' ? step.screen : 'elsewhere';
  return { done, ways, preferred, no: no(because, help) };
}

const leadsOn = (step: Step): boolean =>
  step.screen === 'prove' || step.screen === 'choose' || (step.screen === 'confirm' && !step.anew);

/** Whatever is typed while a phone is asked, a word or nothing, means "what came of it?". */
const formOf = ({ kind }: Way, text: string): Form => (kind === 'push' ? {} : { code: text });

async function yes(gate: Gate, heard: AccountId): Promise<Said> {
  const account = await findAccount(gate.database.read, heard);
  if (account === null) throw new Error('somebody was let through who is not there');
  return { is: 'yes', account };
}
