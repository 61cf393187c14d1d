import { findAccount } from '../core/accounts/store.ts';
import { findAcquaintance } from '../core/browsers/store.ts';
import { demandOf, ruleFor } from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import { findSessionById, type Session, type SessionId } from '../core/sessions/store.ts';
import { findBlock } from '../core/throttle/store.ts';
import { levelOf, type Proof } from '../flow/assurance.ts';
import type { Facts } from '../flow/facts.ts';
import { type Allowed, gather, type Situation } from '../flow/gather.ts';
import { nextStep } from '../flow/next-step.ts';
import type { Row, Step } from '../flow/table.ts';
import { minutes, shift } from '../kernel/clock.ts';
import type { AccountId } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import { secondBudget } from './budgets.ts';
import type { LiveMethod, Turn } from './gate.ts';
import { ownedBy } from './owned.ts';

export interface Decision {
  readonly step: Step;
  readonly row: Row;
  readonly facts: Facts;
  /** What the decision rests on, the session's and the attempt's. */
  readonly proofs: readonly Proof[];
  /** The session it goes on with, if that is alive and this person's. */
  readonly session: SessionId | null;
  /** There is such an account, and it is not disabled: only then is an answer weighed. */
  readonly open: boolean;
}

/** The account of a name that nobody has: it is read for like any other. */
const nobody = '' as AccountId;

/** Whoever asks where an attempt stands need not hold its secret. */
type Asking = Pick<Turn, 'gate' | 'attempt' | 'visit'>;

/** Where an attempt stands and what comes next: read the world, gather the facts, ask the table. */
export async function decide(handle: Handle, turn: Asking): Promise<Decision> {
  const account = await findAccount(handle, turn.attempt.account ?? nobody);
  const open = account !== null && account.disabledAt === null;
  const session = await sessionOf(handle, turn);
  const proofs = open ? merge(session?.proofs ?? [], turn.attempt.progress.proofs) : [];
  const facts = gather(await read(handle, turn, account?.groups ?? [], proofs));
  return { ...nextStep(facts), facts, proofs, session: session?.id ?? null, open };
}

/** The same reads whoever is named, nobody included: how long it takes tells nothing about an account. */
async function read(
  handle: Handle,
  { gate, attempt, visit }: Asking,
  groups: readonly string[],
  proofs: readonly Proof[],
): Promise<Situation> {
  const id = attempt.account ?? nobody;
  const application = attempt.purpose.application?.id ?? null;
  const rule = ruleFor(gate.policies, { application, groups, address: visit.address });
  const methods = [...gate.methods.values()];
  const owns = (await ownedBy(handle, gate, id)).map((method) => method.id);
  const allowed = methods.map((method) => asAllowed(method, rule));
  const { ask } = attempt.purpose;
  const before = allowed.filter((one) => owns.includes(one.id) && !attempt.progress.made.includes(one.id));
  const owned = levelOf(before.map(({ best }) => best).filter(({ recovery }) => !(ask.withoutRecovery && recovery)));
  const acquaintance = await findAcquaintance(handle, visit.browser, attempt.account);
  return {
    identified: attempt.identified,
    demand: demandOf(rule, ask, owned),
    methods: allowed,
    owns,
    made: attempt.progress.made,
    proofs,
    blocked: (await findBlock(handle, secondBudget(id).key, gate.clock.now())) !== null,
    preferred: acquaintance?.lastMethod ?? null,
    chosen: attempt.progress.chosen,
    choosing: attempt.progress.choosing,
    wanted: attempt.purpose.wanted,
    freshSince: shift(attempt.createdAt, -minutes(5)),
  };
}

/** What the rule leaves out is owned all the same, but proves nothing here. */
const asAllowed = ({ id, role, best }: LiveMethod, { methods }: Rule): Allowed => ({
  id,
  best,
  role: role === 'first' || (methods?.includes(id) ?? true) ? role : 'off',
  inline: role === 'second',
});

/**
 * A session helps only the person it belongs to: signed in as one, signing in as another starts from nothing (T28). And
 * only together with its own cookie: the attempt's alone never stands for it (T01).
 */
async function sessionOf(handle: Handle, { gate, attempt, visit }: Asking): Promise<Session | null> {
  if (attempt.session === null || attempt.session !== visit.session) return null;
  const session = await findSessionById(handle, gate.sessions, attempt.session, gate.clock.now());
  return session?.account === attempt.account ? session : null;
}

/** The latest proof of each credential. */
function merge(older: readonly Proof[], newer: readonly Proof[]): readonly Proof[] {
  const byCredential = new Map<string, Proof>();
  for (const proof of [...older, ...newer]) byCredential.set(`${proof.method} ${proof.credential}`, proof);
  return [...byCredential.values()];
}
