import type { Account } from '../core/accounts/store.ts';
import type { Policy } from '../core/policies/document.ts';
import type { Rule } from '../core/policies/settings.ts';
import { type Level, levelOfName, worthHere } from '../flow/assurance.ts';
import { tryAll } from '../flow/laws/laws.ts';
import { nextStep } from '../flow/next-step.ts';
import type { AccountId } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { weighed } from './owned.ts';
import { type BrowserKind, type Having, supposedOne, type Way, whatIf } from './what-if.ts';

/** Somebody who is nobody, in front of one rule, with some of what can be owned. */
interface Imagined {
  readonly rule: Rule;
  readonly owns: Having;
  readonly ownsAll: boolean;
  readonly browser: BrowserKind;
}

/**
 * The flow's laws, tried over a policy: for each rule somebody whom it is for is thought of, with a password and nothing, one
 * thing, or everything besides, and walked to the end. Nobody may pass with less than the rule that asks them says; nobody who
 * owns everything may be stuck; no way may go round.
 * @returns what breaks, a sentence each
 */
export async function brokenBy(handle: Handle, gate: Gate, policy: Policy): Promise<readonly string[]> {
  const broken = new Set<string>();
  for (const one of imaginedIn(gate, policy)) {
    const way = await walked(handle, gate, { policy, one });
    const law = faultOf(policy, one, way);
    if (law !== null) broken.add(`policies: ${way.steps.at(-1)?.ruling.name}: ${law}`);
  }
  return [...broken];
}

function faultOf(policy: Policy, one: Imagined, way: Way): string | null {
  const { broken } = tryAll((visit) => way.steps.filter(({ facts }) => visit(facts)).length, nextStep);
  if (broken !== null) return `a law of the flow does not hold: ${broken.split(':')[0]}`;
  if (way.end === 'round') return 'a sign-in would never end';
  if (way.end === 'in' && passesWithLess(policy, one, way)) return 'somebody would pass with less than it asks';
  // Two methods at most reach any level; whoever has all of them and gets nowhere stands for everybody.
  if (one.ownsAll && way.end === 'stuck') return 'nobody could pass, whatever they have set up';
  return null;
}

/** Said again in its own words: by the proofs that were given, and by the rule that asks. */
function passesWithLess({ policies }: Policy, { owns }: Imagined, { steps, proofs }: Way): boolean {
  const last = steps.at(-1);
  const rule = policies.find(({ name }) => name === last?.ruling.name);
  if (last === undefined || rule === undefined || rule.require === 'deny') return true;
  const ownsTwo = [...owns].filter(([, has]) => has.length > 0).length > 1;
  const asked: Level =
    rule.require === 'mfa-if-owned' ? (ownsTwo && last.facts.owned > 1 ? 2 : 1) : levelOfName[rule.require];
  const given = worthHere(proofs.map((proof) => weighed(proof, last.ruling)));
  const isExcused = last.excused && asked === 2 && (rule.rememberDays ?? 0) > 0;
  return given < (isExcused ? 1 : asked);
}

/** As many as make a difference; a browser that is remembered matters where there is something to be excused from. */
function* imaginedIn({ methods, clock }: Gate, { policies }: Policy): Generator<Imagined> {
  const one = [supposedOne(clock.now())];
  const others = [...methods.values()].filter(({ role }) => role !== 'first').map(({ id }) => id);
  const having = (ids: readonly string[]): Having =>
    new Map([...methods.values()].map(({ id, role }) => [id, role === 'first' || ids.includes(id) ? one : []]));
  for (const rule of policies) {
    for (const ids of [[], ...others.map((id) => [id])])
      yield { rule, owns: having(ids), ownsAll: false, browser: 'new' };
    for (const browser of ['new', 'remembered'] as const) yield { rule, owns: having(others), ownsAll: true, browser };
  }
}

const walked = (
  handle: Handle,
  gate: Gate,
  { policy, one: { rule, owns, browser } }: { policy: Policy; one: Imagined },
): Promise<Way> => {
  const { applications, networks } = rule.when;
  const id = applications?.[0];
  const application = id === undefined ? null : { id, name: id, origin: gate.publicUrl.origin };
  const address = networks?.[0]?.split('/')[0] ?? '192.0.2.1';
  const given = { owns, browser, policy, application, address, blocked: false };
  return whatIf(gate, { ...given, person: personFor(gate, rule) }, handle);
};

const personFor = ({ clock }: Gate, { when: { people, groups } }: Rule): Account => ({
  id: 'nobody' as AccountId,
  username: people?.[0] ?? 'nobody',
  email: null,
  name: '',
  groups: groups?.slice(0, 1) ?? [],
  role: null,
  language: 'en',
  disabledAt: null,
  createdAt: clock.now(),
});
