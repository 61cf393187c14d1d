import type { Instant } from '../kernel/clock.ts';
import type { Evidence, Proof } from './assurance.ts';
import type { Facts } from './facts.ts';
import { gather, type Situation } from './gather.ts';
import { nextStep } from './next-step.ts';
import type { Step } from './table.ts';

/** What somebody can answer by, and how well: the best that is in their hands, by method. */
export type Hands = ReadonlyMap<string, Evidence>;

interface Person {
  readonly situation: Situation;
  readonly hands: Hands;
  readonly makes: (method: string) => boolean;
}

/** How far one way through the flow has come. */
interface Way {
  readonly proofs: readonly Proof[];
  readonly made: readonly string[];
  readonly confirmed: boolean;
}

/** What somebody could do on a page: answer by what they have, set something up, or keep codes for another day. */
interface Fork {
  readonly is: 'answer' | 'set-up' | 'keep';
  readonly method: string;
  /** It confirms whose account it is, and proves nothing. */
  readonly confirms?: true;
}

/**
 * Is there a way in for whoever can answer by these alone? It asks the flow itself, at every fork, and supposes that each answer is
 * right: so it says nothing else than what a sign-in would come to.
 * @param makes what they could set up on the way; left out, whatever the flow lets them
 */
export function isWayIn(situation: Situation, hands: Hands, makes?: Person['makes']): boolean {
  for (const { step } of pagesFor(situation, hands, makes)) if (step.screen === 'done') return true;
  return false;
}

/** One page on the way: what the flow knew there, what it showed, and what was proven by then. */
export interface Page {
  readonly facts: Facts;
  readonly step: Step;
  readonly proofs: readonly Proof[];
}

/** Every page that somebody could come to, whatever they choose, each once. */
export function* pagesFor(
  situation: Situation,
  hands: Hands,
  makes: Person['makes'] = () => true,
): Generator<Page, void> {
  const seen = new Set<string>();
  const open: Way[] = [{ proofs: situation.proofs, made: [], confirmed: false }];
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    // In whichever order it was proven, it comes to the same.
    const there = JSON.stringify([way.proofs.map(({ method }) => method).sort(), [...way.made].sort(), way.confirmed]);
    if (seen.has(there)) continue;
    seen.add(there);
    const page = pageAt(situation, way);
    yield page;
    for (const fork of forksOf(page.step, page.facts, situation)) {
      const next = after({ situation, hands, makes }, way, fork);
      if (next !== null) open.push(next);
    }
  }
}

function pageAt(situation: Situation, { proofs, made, confirmed }: Way): Page {
  const facts = gather({
    ...situation,
    proofs,
    made: [...situation.made, ...made],
    owns: [...new Set([...situation.owns, ...made])],
    confirms: !confirmed && situation.confirms,
    // Before anything is proven, what they own shows nowhere.
    only: proofs.length === 0 ? null : (situation.only ?? null),
  });
  return { facts, step: nextStep(facts).step, proofs };
}

/** Another way may always be asked for, so where one is asked for by name, all are open. */
function forksOf(step: Step, { usable, spare }: Facts, { methods }: Situation): readonly Fork[] {
  const each = (ids: readonly string[], fork: Omit<Fork, 'method'>) => ids.map((method) => ({ ...fork, method }));
  switch (step.screen) {
    case 'prove':
    case 'choose':
      return each([...usable, ...spare], { is: 'answer' });
    case 'confirm':
      return each(step.methods, { is: step.anew ? 'set-up' : 'answer', confirms: true });
    case 'choose-new':
      return each(step.methods, { is: 'set-up' });
    case 'enrol':
      return each([step.method], { is: 'set-up' });
    case 'duty':
      return each(
        methods.filter(({ role }) => role === 'backup').map(({ id }) => id),
        { is: 'keep' },
      );
    default:
      return [];
  }
}

/** @returns null where they cannot: nothing is answered by twice, so each step comes closer to an end */
function after({ situation, hands, makes }: Person, way: Way, { is, method, confirms }: Fork): Way | null {
  if (is === 'keep') return { ...way, made: [...way.made, method] };
  const made = makes(method) ? situation.methods.find(({ id }) => id === method)?.best : undefined;
  const evidence = is === 'answer' ? hands.get(method) : made;
  if (evidence === undefined || way.proofs.some((one) => one.method === method)) return null;
  if (confirms) return { ...way, confirmed: true };
  const proof = { ...evidence, method, credential: method, at: justNow(situation) };
  return { ...way, proofs: [...way.proofs, proof], made: is === 'set-up' ? [...way.made, method] : way.made };
}

/** Young enough for whatever is asked. */
const justNow = ({ demand, freshSince }: Situation): Instant =>
  Math.max(freshSince, demand.notBefore ?? freshSince) as Instant;
