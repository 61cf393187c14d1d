import { type Account, type AccountId, findAccount } from '../core/accounts/store.ts';
import type { Purpose } from '../core/attempts/store.ts';
import { listSignIns, type SignIn } from '../core/audit/sign-ins.ts';
import type { Policy } from '../core/policies/document.ts';
import { days, type Instant, shift } from '../kernel/clock.ts';
import { giveWay } from '../kernel/timers.ts';
import type { Gate } from './gate.ts';
import { type Having, havingOf, type Way, whatIf } from './what-if.ts';

/** The sign-ins of the last days under another policy than the one in force. */
export interface Replayed {
  /** How many were looked at, and since when: the latest, where there are more. */
  readonly signIns: number;
  readonly since: Instant | null;
  readonly whole: boolean;
  /** Sign-ins that would ask for more, and for less, than they would as it is. */
  readonly more: number;
  readonly less: number;
  /** People who would get in as it is, and could not then: at some sign-in of theirs. */
  readonly out: readonly AccountId[];
}

/** As many as a page waits for. */
const most = 1000;
const back = days(30);
/** So many people are read about at once, and leave connections to others. */
const together = 4;

type Verdict = 'same' | 'more' | 'less' | 'out';

/**
 * What would have come of them, with what people own now: each as a what-if under both policies. Those of one person from one
 * place are one.
 */
export async function replay(gate: Gate, policies: { before: Policy; after: Policy }): Promise<Replayed> {
  const since = shift(gate.clock.now(), -back);
  const signIns = await listSignIns(gate.database.read, { since, limit: most });
  const verdicts: Verdict[] = [];
  const out: AccountId[] = [];
  const people = [...grouped(signIns, ({ account }) => account)];
  for (let n = 0; n < people.length; n += together) {
    // Others are answered meanwhile.
    await giveWay();
    const some = people.slice(n, n + together).map(async ([id, theirs]) => {
      const found = await verdictsOf(gate, { id: id as AccountId, theirs }, policies);
      verdicts.push(...found);
      if (found.includes('out')) out.push(id as AccountId);
    });
    await Promise.all(some);
  }
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const oldest = signIns.at(-1)?.at ?? null;
  const whole = signIns.length < most;
  return { signIns: signIns.length, since: oldest, whole, more: count('more'), less: count('less'), out };
}

/** One for each sign-in of somebody's. Nobody is let in by any policy who is gone or disabled. */
async function verdictsOf(
  gate: Gate,
  { id, theirs }: { id: AccountId; theirs: readonly SignIn[] },
  { before, after }: { before: Policy; after: Policy },
): Promise<readonly Verdict[]> {
  const person = await findAccount(gate.database.read, id);
  if (person === null || person.disabledAt !== null) return [];
  const owns = await havingOf(gate, person);
  const verdicts: Verdict[] = [];
  for (const alike of grouped(theirs, placeOf).values()) {
    const verdict = await compare(gate, { person, owns, one: alike[0] as SignIn }, [before, after]);
    verdicts.push(...alike.map(() => verdict));
  }
  return verdicts;
}

const placeOf = ({ application, address, excused }: SignIn): string => JSON.stringify([application, address, excused]);

function grouped<One>(all: readonly One[], keyOf: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

async function compare(
  gate: Gate,
  { person, owns, one }: { person: Account; owns: Having; one: SignIn },
  [before, after]: readonly [Policy, Policy],
): Promise<Verdict> {
  const { address, application: id, excused } = one;
  const application: Purpose['application'] = id === null ? null : { id, name: id, origin: gate.publicUrl.origin };
  const browser = excused ? ('remembered' as const) : ('known' as const);
  const given = { person, owns, blocked: false, application, address, browser };
  const was = await whatIf(gate, { ...given, policy: before });
  const would = await whatIf(gate, { ...given, policy: after });
  if (would.end !== 'in') return was.end === 'in' ? 'out' : 'same';
  const change = was.end === 'in' ? weightOf(would) - weightOf(was) : 0;
  return change > 0 ? 'more' : change < 0 ? 'less' : 'same';
}

/** What is asked on a way: how many things, and of those as many, how much they have to come to. */
function weightOf({ steps }: Way): number {
  const asked = steps.filter(({ step }) => ['prove', 'enrol', 'confirm'].includes(step.screen)).length;
  return asked * 10 + (steps.at(-1)?.facts.required ?? 0);
}
