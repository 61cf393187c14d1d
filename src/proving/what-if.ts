import type { Account, AccountId } from '../core/accounts/store.ts';
import { type Attempt, type AttemptId, noProgress, type Progress, type Purpose } from '../core/attempts/store.ts';
import type { OptInId } from '../core/browsers/passwordless.ts';
import type { DeviceId } from '../core/browsers/remembered.ts';
import type { BrowserId } from '../core/browsers/store.ts';
import type { Policy } from '../core/policies/document.ts';
import type { Ruling } from '../core/policies/policy.ts';
import type { Proof } from '../flow/assurance.ts';
import { type Instant, minutes, shift } from '../kernel/clock.ts';
import type { Credential } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, LiveMethod, Visit } from './gate.ts';
import { countedAt, type Owned, ownedBy } from './owned.ts';
import { accountPage } from './purposes.ts';
import { realmAmong } from './realms.ts';
import { type Decision, decide, type Imagined } from './situation.ts';
import { imaginedOne } from './supposed.ts';

/** How a browser stands to somebody: never seen, seen before, excused from more, or kept for going on without a password. */
export const browsers = ['new', 'known', 'remembered', 'kept'] as const;
export type BrowserKind = (typeof browsers)[number];

/** Somebody who is thought of, and where. Nothing of it happens. */
export interface Supposition {
  readonly person: Account;
  /** What they have set up, by method. */
  readonly owns: Having;
  /** Too many wrong answers, lately. */
  readonly blocked: boolean;
  readonly application: Purpose['application'];
  readonly address: string;
  readonly browser: BrowserKind;
  readonly policy: Policy;
}
export type Having = ReadonlyMap<string, readonly Credential[]>;

/**
 * Where it ends. `shut`: whatever is answered counts for nobody, as the account is disabled; `empty`: they have nothing to
 * answer with; `round`: it does not end.
 */
export type End = 'in' | 'denied' | 'stuck' | 'blocked' | 'shut' | 'empty' | 'round';

export interface Way {
  /** Each screen, with the row of the table and the rule of the policy that led to it. */
  readonly steps: readonly Decision[];
  readonly end: End;
  /** What was given on the way, as it is counted at the end. */
  readonly proofs: readonly Proof[];
}

/** No way is as long as this. */
const most = 16;

/**
 * What somebody would meet, step by step, if each thing that is asked were given and each offer left. It is the flow itself
 * that is asked (`situation.ts`), under whichever policy: nothing is read of the world but what was handed in, nothing written.
 */
export async function whatIf(gate: Gate, given: Supposition, handle: Handle = gate.database.read): Promise<Way> {
  const steps: Decision[] = [];
  let standing: Standing = { ...beginning(given), owns: given.owns };
  while (steps.length < most) {
    const { attempt, owns } = standing;
    const there = supposing(gate, given.policy, owns);
    const decision = await decide(handle, {
      gate: there,
      attempt: attemptOf(gate.clock.now(), attempt),
      visit: await visitOf(there, given),
      imagined: imaginedOf(given, attempt, gate.clock.now()),
    });
    steps.push(decision);
    const next = await after(there, given, standing, decision);
    if (typeof next === 'string') return { steps, end: next, proofs: decision.proofs };
    standing = next;
  }
  return { steps, end: 'round', proofs: [] };
}

/** What somebody has, to suppose from: read once. */
export async function havingOf({ methods, database }: Gate, { id }: Account): Promise<Having> {
  const having = new Map<string, readonly Credential[]>();
  for (const method of methods.values()) having.set(method.id, await method.list(database.read, id));
  return having;
}

type Under = Pick<Attempt, 'account' | 'identified' | 'purpose' | 'progress'>;
interface Standing {
  readonly attempt: Under;
  readonly owns: Having;
}

const beginning = ({ application }: Supposition): { attempt: Under } => ({
  attempt: {
    account: null,
    identified: false,
    purpose: { ...accountPage('/account'), application },
    progress: noProgress,
  },
});

const attemptOf = (now: Instant, under: Under): Attempt => ({
  ...under,
  id: '' as AttemptId,
  session: null,
  memos: new Map(),
  version: 0,
  createdAt: now,
  expiresAt: shift(now, minutes(10)),
});

/** The same gate, were this the policy and that what they own. */
const supposing = (gate: Gate, policy: Policy, owns: Having): Gate => ({
  ...gate,
  policy: async () => policy,
  methods: new Map(
    [...gate.methods].map(([id, method]) => [id, { ...method, list: async () => owns.get(id) ?? [] }] as const),
  ),
});

const imagined = 'imagined';

async function visitOf(there: Gate, { person, address, browser }: Supposition): Promise<Visit> {
  const keeps = browser === 'kept' ? keeper(await ownedBy(there.database.read, there, person.id)) : undefined;
  const prepared = { preparedBy: null, agent: '', address, createdAt: there.clock.now() };
  return {
    address,
    agent: '',
    language: person.language,
    // Whom it remembers is handed in; it is looked at for what was wished in it alone.
    browser: keeps === undefined ? null : (imagined as BrowserId),
    session: null,
    choice:
      keeps === undefined
        ? null
        : { is: 'in', id: imagined as OptInId, account: person.id, method: keeps.id, ...prepared },
    remembered: [],
  };
}

/** What somebody could go on by in a browser they keep; whether they may, the flow says. */
const keeper = (owned: readonly Owned[]): Owned | undefined => owned.find(({ alone }) => alone !== undefined);

/** Nothing is known of whoever has not said who they are. */
function imaginedOf({ person, browser, blocked }: Supposition, { account }: Under, now: Instant): Imagined {
  if (account === null) return { account: null, blocked: false, known: null, acquaintance: null };
  const device = imagined as DeviceId;
  return {
    account: person,
    blocked,
    known: browser === 'remembered' ? { is: 'known', device, createdAt: now } : null,
    acquaintance: browser === 'new' ? null : { lastMethod: null, lastFirst: null, offers: 0, offerAfter: 0 as Instant },
  };
}

/** The next standing, once what the screen asks is given; or where it ends. */
async function after(
  there: Gate,
  { person }: Supposition,
  standing: Standing,
  { step, open, facts, ruling }: Decision,
): Promise<Standing | End> {
  const { progress } = standing.attempt;
  const goes = (gained: Partial<Progress>, more: Partial<Under> = {}): Standing => ({
    ...standing,
    attempt: { ...standing.attempt, ...more, progress: { ...progress, chosen: null, choosing: false, ...gained } },
  });
  const theirs = { account: person.id, identified: true };
  const sets = (method: string, gained: (live: LiveMethod) => Partial<Progress>): Standing => {
    const live = liveIn(there, method);
    return { ...goes(gained(live)), owns: withOne(standing.owns, method, there.clock.now()) };
  };
  const now = there.clock.now();
  switch (step.screen) {
    case 'identify':
      return goes({ typed: person.username }, theirs);
    case 'welcome':
      return goes({ typed: person.username, chosen: step.method }, theirs);
    case 'choose':
    case 'choose-new':
      return goes({ chosen: step.methods[0] ?? null });
    case 'prove': {
      if (!open) return 'shut';
      const one = await answeredBy(there, standing, person.id, { step, ruling });
      return one === undefined ? 'empty' : goes({ proofs: [...progress.proofs, proofOf(one, facts.met, now)] });
    }
    case 'enrol':
      return sets(step.method, (live) => ({
        proofs: [...progress.proofs, { ...live.best, method: live.id, credential: imagined, at: now }],
        made: [...progress.made, live.id],
      }));
    case 'duty': {
      const backup = [...there.methods.values()].find(({ role }) => role === 'backup');
      return backup === undefined ? 'stuck' : sets(backup.id, ({ id }) => ({ made: [...progress.made, id] }));
    }
    case 'offer':
      return goes({ answered: { ...progress.answered, [step.offer]: 'no' } });
    case 'confirm': {
      const [first = '', ...others] = step.methods;
      if (others.length > 0) return goes({ chosen: first });
      return step.anew ? sets(first, () => ({ confirmed: true })) : goes({ confirmed: true });
    }
    case 'done':
      return 'in';
    default:
      return step.screen;
  }
}

/** What they have of it that counts here: an application may take PINs of its own realm alone. */
async function answeredBy(
  there: Gate,
  { attempt: { purpose } }: Standing,
  person: AccountId,
  { step, ruling }: { step: { method: string }; ruling: Ruling },
): Promise<Owned | undefined> {
  const owned = await ownedBy(there.database.read, there, person);
  const has = owned.flatMap((one) => one.has);
  const realm = realmAmong(there, purpose.application?.id ?? null, has);
  return countedAt(owned, realm, ruling).find(({ id, foreign }) => id === step.method && !foreign);
}

function liveIn({ methods }: Gate, id: string): LiveMethod {
  const live = methods.get(id);
  if (live === undefined) throw new Error(`the flow asks for ${id}, which there is not`);
  return live;
}

/** The best answer that they can give by it; what comes first and is no password tells who they are (`run.ts`). */
const proofOf = ({ id, best, role, has }: Owned, met: boolean, at: Instant): Proof => ({
  ...best,
  method: id,
  credential: has[0]?.id ?? imagined,
  at,
  ...(!met && role !== 'first' && { alone: true as const }),
});

const withOne = (owns: Having, method: string, at: Instant): Having =>
  new Map([...owns, [method, [...(owns.get(method) ?? []), imaginedOne(at)]]]);
