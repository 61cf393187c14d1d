import { type Account, findAccount } from '../core/accounts/store.ts';
import { type DeviceId, type Recognition, recognise } from '../core/browsers/remembered.ts';
import { type Acquaintance, findAcquaintance } from '../core/browsers/store.ts';
import { demandOf, type Ruling, rulingFor } from '../core/policies/policy.ts';
import { findSessionById, type Session, type SessionId } from '../core/sessions/store.ts';
import { letInByCode } from '../core/temporary-codes/store.ts';
import { findBlock } from '../core/throttle/store.ts';
import { type Level, type Proof, worthHere } from '../flow/assurance.ts';
import type { Facts } from '../flow/facts.ts';
import { type Demand, gather, type Situation } from '../flow/gather.ts';
import { nextStep } from '../flow/next-step.ts';
import type { Row, Step } from '../flow/table.ts';
import { days, type Instant, minutes, shift } from '../kernel/clock.ts';
import type { AccountId } from '../methods/method.ts';
import { isTakenIn } from '../otp/realms.ts';
import type { Handle } from '../store/database.ts';
import { secondBudget } from './budgets.ts';
import { confirmsHere } from './confirming.ts';
import type { Turn } from './gate.ts';
import { mayUpgrade, offersTo } from './offers.ts';
import { countedAt, ownedBy, whoseRules } from './owned.ts';
import { recovers } from './purposes.ts';
import { realmAmong } from './realms.ts';
import { mailbox } from './recovery.ts';
import { mayKeepBrowser, type Returning, returningTo } from './returning.ts';
import { countedHere, takenHere, wantedUnder } from './taken.ts';

export interface Decision {
  readonly step: Step;
  readonly row: Row;
  readonly facts: Facts;
  /** What applications are told is proven here: what only stands in for a factor is none. */
  readonly issued: Level;
  /** What the decision rests on, the session's and the attempt's. */
  readonly proofs: readonly Proof[];
  /** The session it goes on with, if that is alive and this person's. */
  readonly session: SessionId | null;
  /** A device or a temporary code takes the place of the second factor that the policy asks for. */
  readonly excused: boolean;
  /** The device that does: by this row. */
  readonly excusedBy: DeviceId | null;
  /** Where a temporary code, or a device, may. */
  readonly excusable: boolean;
  /** It shows what it was excused by before the last time: somebody has copied it. */
  readonly copied: DeviceId | null;
  /** Days for which it may be kept from asking again; none where it may not. */
  readonly mayRemember: number;
  /** Who comes back to this browser, while nobody has said who they are. */
  readonly returning: Returning | null;
  /** They have proven something, or signed in here before. */
  readonly familiar: boolean;
  /** A passkey that is offered may be made by the browser itself. */
  readonly upgrades: boolean;
  /** What the policy tells whoever can go no further. */
  readonly help: string | null;
  /** What the policy says of them here, and by which of its rules. */
  readonly ruling: Ruling;
  /** There is such an account, it is not disabled, and may go on by what is asked: only then is an answer weighed. */
  readonly open: boolean;
}

/**
 * What of the policy's asking is met by whoever is let through: what excuses stands for the second factor that it asks for,
 * and for no more.
 */
export const metBy = ({ excused, facts }: Decision): Level => (excused ? 2 : facts.reached);

interface World
  extends Pick<
    Decision,
    'excused' | 'excusedBy' | 'excusable' | 'copied' | 'mayRemember' | 'familiar' | 'upgrades' | 'help' | 'ruling'
  > {
  readonly situation: Situation;
  /** What somebody who is named is asked like everybody (P-7), though they may not go on by it alone. */
  readonly inVain: string | null;
}

/** The account of a name that nobody has: it is read for like any other. */
const nobody = '' as AccountId;

/** What is taken for granted of somebody who is only thought of (`what-if.ts`): it is not read. */
export interface Imagined {
  readonly account: Account | null;
  readonly blocked: boolean;
  readonly known: Recognition | null;
  readonly acquaintance: Acquaintance | null;
}

/** Whoever asks where an attempt stands need not hold its secret. */
interface Asking extends Pick<Turn, 'gate' | 'attempt' | 'visit'> {
  readonly imagined?: Imagined;
}

/** What is known of whoever stands there, and of their browser. */
async function knownOf(handle: Handle, { gate, attempt, visit, imagined }: Asking): Promise<Omit<Imagined, 'account'>> {
  if (imagined !== undefined) return imagined;
  const now = gate.clock.now();
  return {
    known: await recognise(handle, attempt.account, visit.remembered, now),
    acquaintance: await findAcquaintance(handle, visit.browser, attempt.account),
    blocked: (await findBlock(handle, secondBudget(attempt.account ?? nobody).key, now)) !== null,
  };
}

/** Where an attempt stands and what comes next: read the world, gather the facts, ask the table. */
export async function decide(handle: Handle, turn: Asking): Promise<Decision> {
  const { imagined } = turn;
  const account = imagined ? imagined.account : await findAccount(handle, turn.attempt.account ?? nobody);
  const open = account !== null && account.disabledAt === null;
  const session = await sessionOf(handle, turn);
  const before = (session?.proofs ?? []).filter(({ once }) => !once || turn.attempt.purpose.ask.level !== 'owned');
  const proofs = open ? merge(before, turn.attempt.progress.proofs) : [];
  const returning = await returningTo(handle, turn);
  const letIn = session !== null && (await letInByCode(handle, session, turn.gate.clock.now()));
  const { situation, inVain, ...rest } = await read(handle, turn, account, { proofs, letIn });
  const confirms = session === null && situation.confirms;
  const facts = gather({ ...situation, confirms, returning: returning?.method ?? null });
  const next = nextStep(facts);
  // Only what stands in is worth more to a policy than to applications.
  const told = situation.proofs.some(({ standsIn }) => standsIn)
    ? gather({ ...situation, demand: { ...situation.demand, strict: true } })
    : facts;
  const isInVain = next.step.screen === 'prove' && next.step.method === inVain;
  return {
    ...next,
    facts,
    issued: told.reached,
    proofs,
    session: session?.id ?? null,
    returning,
    ...rest,
    open: open && !isInVain,
  };
}

/** The same reads whoever is named, nobody included: how long it takes tells nothing about an account. */
async function read(
  handle: Handle,
  turn: Asking,
  account: Account | null,
  { proofs: given, letIn }: { readonly proofs: readonly Proof[]; readonly letIn: boolean },
): Promise<World> {
  const { gate, attempt, visit } = turn;
  const application = attempt.purpose.application?.id ?? null;
  const here = { ...whoseRules(account), address: visit.address };
  const { policies } = await gate.policy(handle);
  const ruling = rulingFor(policies, { ...here, application });
  const { all, owned, proofs } = await theirsHere(handle, turn, ruling, given);
  const owns = all.map((method) => method.id);
  const methods = [...gate.methods.values()].map((method) => all.find(({ id }) => id === method.id) ?? method);
  const { ask } = attempt.purpose;
  const before = owned.filter((one) => !one.beside && !attempt.progress.made.includes(one.id)).map(({ best }) => best);
  const { known, acquaintance, blocked } = await knownOf(handle, turn);
  const worth = worthHere(before.filter(({ recovery }) => !(ask.withoutRecovery && recovery)));
  const asked = demandOf(ruling.require, ask, worth);
  const { demand, ...excuse } = excusing(asked, {
    isOwnPage: application === null,
    rememberDays: ruling.rememberDays,
    helped: attempt.progress.excused || letIn,
    known,
    now: gate.clock.now(),
  });
  const taken = takenHere(turn, { policies, ruling, demand, owned, here, met: proofs.length > 0 });
  const situation: Situation = {
    identified: attempt.identified,
    demand,
    methods: methods.map(taken),
    owns,
    made: attempt.progress.made,
    proofs: countedHere(turn, { ruling, here, owned }, proofs),
    blocked,
    returning: null,
    offers: offersTo(turn, { ruling, acquaintance, owned, here: { ...here, application } }),
    confirms: confirmsHere(attempt, ruling, acquaintance),
    ...leaning(ruling, { owns, proofs }, acquaintance),
    chosen: attempt.progress.chosen,
    choosing: attempt.progress.choosing,
    wanted: wantedUnder(ruling, gate, attempt.purpose.wanted),
    freshSince: shift(attempt.createdAt, -minutes(5)),
  };
  const familiar = proofs.length > 0 || acquaintance !== null;
  const by = attempt.purpose.named?.by ?? null;
  const may = by === null || proofs.length > 0 || mayKeepBrowser(ruling, by, { ...here, application }, owned);
  const rest = { ...excuse, familiar, upgrades: mayUpgrade(turn, ruling), inVain: may ? null : by };
  if (attempt.purpose.ticket !== undefined)
    return {
      situation: ticketed(situation, recovers(gate, attempt.purpose)),
      ...rest,
      excused: false,
      excusedBy: null,
      mayRemember: 0,
      help: null,
      ruling,
    };
  return { situation, ...rest, help: ruling.help ?? null, ruling };
}

/**
 * What somebody has, and has proven, by the rules of this place: a PIN of another realm is theirs, and counts for nothing here
 * (`docs/adr/0030`).
 */
async function theirsHere(
  handle: Handle,
  { gate, attempt: { account, purpose } }: Asking,
  ruling: Ruling,
  proofs: readonly Proof[],
) {
  const theirs = await ownedBy(handle, gate, account ?? nobody);
  const has = theirs.flatMap((one) => one.has);
  const realm = realmAmong(gate, purpose.application?.id ?? null, has);
  const all = countedAt(theirs, realm, ruling);
  const elsewhere = new Set<string>(has.filter((one) => !isTakenIn(realm, one)).map(({ id }) => id));
  return {
    all,
    owned: all.filter(({ foreign }) => !foreign),
    proofs: proofs.filter(({ credential }) => !elsewhere.has(credential)),
  };
}

interface Excusing {
  readonly isOwnPage: boolean;
  readonly rememberDays: number;
  /** By a temporary code: on this way, or in this session. */
  readonly helped: boolean;
  readonly known: Recognition | null;
  readonly now: Instant;
}

/**
 * A device that is remembered (`docs/adr/0010`) or a temporary code (0037) takes the place of the second factor that a policy
 * asks for, at applications. A person's own pages ask as if nothing did; so does whoever asks for more than the policy does.
 */
function excusing(asked: Demand, { isOwnPage, rememberDays, helped, known, now }: Excusing) {
  const excusable = !isOwnPage && asked.by === 'policy' && asked.level === 2;
  const byCode = excusable && helped;
  // Whoever was helped in leaves nothing behind in this browser.
  const mayRemember = excusable && !byCode ? rememberDays : 0;
  const keeps = known?.is === 'known' && shift(known.createdAt, days(mayRemember)) > now;
  const excusedBy = keeps ? known.device : null;
  const excused = byCode || excusedBy !== null;
  const demand = excused ? { ...asked, level: 1 as const } : asked;
  return { excusable, excused, excusedBy, copied: known?.is === 'copied' ? known.device : null, mayRemember, demand };
}

/** What is asked before all else: what the policy prefers of what they own, which only they are shown; else what they used here last. */
function leaning(
  { primary }: Ruling,
  { owns, proofs }: Pick<Situation, 'owns' | 'proofs'>,
  acquaintance: Acquaintance | null,
): Pick<Situation, 'preferred' | 'only'> {
  if (proofs.length === 0) return { preferred: acquaintance?.lastFirst ?? null, only: null };
  const first = primary?.methods.find((id) => owns.includes(id));
  const preferred = first ?? acquaintance?.lastMethod ?? null;
  return { preferred, only: primary?.only && first !== undefined ? first : null };
}

/** On the way to a ticket nothing may be set up, and whether the policy asks for more is asked afterwards. */
const ticketed = (s: Situation, forgot: boolean): Situation => (forgot ? withMailbox(s) : byPassword(s));

/** Whoever was handed a link proves what everybody begins with: what they own besides is what they may be without. */
function byPassword(s: Situation): Situation {
  const firsts = s.methods.filter(({ role }) => role === 'first').map((method) => ({ ...method, inline: false }));
  const owns = s.owns.filter((id) => firsts.some((method) => method.id === id));
  return { ...s, demand: { ...s.demand, level: 1, by: 'request', strict: true }, methods: firsts, owns };
}

/**
 * For whoever forgot their password, the mail they read takes its place; beside it counts what they have set up and what no
 * mail or text message brings.
 */
function withMailbox(s: Situation): Situation {
  const others = s.methods.filter(({ id, role, best }) => role !== 'first' && s.owns.includes(id) && !best.relayed);
  return {
    ...s,
    demand: { ...s.demand, level: 2, by: 'request', strict: true },
    methods: [
      { id: mailbox.id, role: 'first', best: mailbox.evidence, inline: false },
      ...others.map((method) => ({ ...method, inline: false })),
    ],
    owns: [mailbox.id, ...others.map(({ id }) => id)],
  };
}

/**
 * A session helps only the person it belongs to: signed in as one, signing in as another starts from nothing (T28). And
 * only together with its own cookie: the attempt's alone never stands for it (T01).
 */
async function sessionOf(handle: Handle, { gate, attempt, visit }: Asking): Promise<Session | null> {
  if (attempt.session === null || attempt.session !== visit.session) return null;
  const { sessions } = await gate.policy(handle);
  const session = await findSessionById(handle, sessions, attempt.session, gate.clock.now());
  return session?.account === attempt.account ? session : null;
}

/** The latest proof of each credential, and of each thing it proved: a touch does not undo yesterday's fingerprint. */
function merge(older: readonly Proof[], newer: readonly Proof[]): readonly Proof[] {
  const latest = new Map<string, Proof>();
  for (const proof of [...older, ...newer])
    latest.set(`${proof.method} ${proof.credential} ${proof.kinds.join('+')} ${proof.once ?? ''}`, proof);
  return [...latest.values()];
}
