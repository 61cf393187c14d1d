import type { Facts } from '../facts.ts';
import type { Row, Step } from '../table.ts';

/**
 * What must be true of every decision, whatever the table looks like. Said again in its own words, on purpose without
 * a word of the table's: a law that borrows the table's helper proves nothing.
 */
export interface Law {
  readonly says: string;
  readonly broken: (f: Facts, step: Step, decide: (facts: Facts) => Step) => boolean;
}

/** Nobody has proven anything: whatever belongs to the account is put to rest, the answer must be the same. */
const atRest: Partial<Facts> = { owned: 0, denied: false, blocked: false, fresh: true, mayEnrol: [], duties: [] };

const enough = (f: Facts) => f.identified && f.required <= f.reached && !f.denied;
const holdsNothingBack = (f: Facts) => f.fresh && f.reached >= 1 && f.owned <= f.reached;
const offered = (f: Facts) => f.usable.concat(f.spare);
const ends = (step: Step, ...screens: readonly Step['screen'][]) => screens.includes(step.screen);
const setsUp = (step: Step) => ends(step, 'enrol', 'choose-new', 'duty') || (step.screen === 'confirm' && step.anew);
const mayBeLed = (f: Facts) =>
  f.met && !f.denied && holdsNothingBack(f) && f.mayEnrol.length > 0 && !(f.demandedBy === 'request' && f.owned >= 2);
const mayBeOffered = (f: Facts) =>
  f.offers.includes('passwordless') || (f.offers.includes('passkey') && holdsNothingBack(f));
const owesCode = (f: Facts) => enough(f) && f.wanted === null && f.confirm !== null;
const canGiveCode = (f: Facts) =>
  owesCode(f) && f.confirm?.by.length !== 0 && (f.confirm?.anew !== true || holdsNothingBack(f));
const asksFor = (step: Step, method: string | null) => step.screen === 'prove' && step.method === method;

export function same(a: Step, b: Step): boolean {
  if (a.screen !== b.screen) return false;
  if (a.screen === 'confirm' && b.screen === 'confirm' && a.anew !== b.anew) return false;
  if ('methods' in a && 'methods' in b) return a.methods.join() === b.methods.join();
  if (a.screen === 'duty' && b.screen === 'duty') return a.duty === b.duty;
  if (a.screen === 'offer' && b.screen === 'offer') return a.offer === b.offer;
  return 'method' in a && 'method' in b ? a.method === b.method : true;
}

// biome-ignore format: a law a line
const laws: readonly Law[] = [
  // Safety
  { says: 'nobody passes below what is required', broken: (f, step) => ends(step, 'done') && !enough(f) },
  { says: 'nobody unknown is asked for anything but who they are', broken: (f, step) => f.identified === ends(step, 'identify', 'welcome') },
  { says: 'nobody is welcomed back but whoever wished it in this browser, by the method they named', broken: (f, step) => f.returning === null ? ends(step, 'welcome') : !f.identified && !(step.screen === 'welcome' && step.method === f.returning) },
  { says: 'who is denied is told so, once known, and nothing else', broken: (f, step) => f.identified && f.met && f.denied !== ends(step, 'denied') },
  { says: 'before the first proof all accounts look alike', broken: (f, step, decide) => !f.met && !same(step, decide({ ...f, ...atRest })) },
  { says: 'set up only after all that is owned, lately', broken: (f, step) => setsUp(step) && !holdsNothingBack(f) },
  { says: 'nobody in need of more is sent to a set-up that was not found for it', broken: (f, step) => step.screen === 'enrol' && !enough(f) && !f.mayEnrol.includes(step.method) },
  { says: 'a choice of what to set up shows all that was found for it', broken: (f, step) => step.screen === 'choose-new' && step.methods.join() !== f.mayEnrol.join() },
  { says: 'nobody who has enough is shown such a choice', broken: (f, step) => ends(step, 'choose-new') && enough(f) },
  { says: 'a request never leads past an owned second factor', broken: (f, step) => ends(step, 'enrol', 'choose-new') && !enough(f) && !mayBeLed(f) },
  { says: 'nobody sets up what they could do without: a way on comes first', broken: (f, step) => ends(step, 'enrol', 'choose-new') && !enough(f) && offered(f).length > 0 },
  { says: 'a set-up that was asked for is the one asked for', broken: (f, step) => step.screen === 'enrol' && enough(f) && step.method !== f.wanted },
  { says: 'an offer comes when enough is proven, and is one that was found', broken: (f, step) => step.screen === 'offer' && !(enough(f) && f.wanted === null && f.offers.includes(step.offer)) },
  { says: 'a passkey is offered on all that is owned, lately', broken: (f, step) => step.screen === 'offer' && step.offer === 'passkey' && !holdsNothingBack(f) },
  { says: 'nobody passes without the code that the policy asks for', broken: (f, step) => ends(step, 'done') && f.confirm !== null },
  { says: 'a code besides is asked where it is due, by what was found for it', broken: (f, step) => step.screen === 'confirm' && !(owesCode(f) && step.anew === f.confirm?.anew && step.methods.every((id) => f.confirm?.by.includes(id))) },
  { says: 'nobody is asked for a code by nothing', broken: (_, step) => step.screen === 'confirm' && step.methods.length === 0 },
  { says: 'a code besides comes by the way that was chosen, or there is the choice of all', broken: (f, step) => step.screen === 'confirm' && step.methods.join() !== (f.confirm?.by.includes(f.chosen ?? '') ? f.chosen : f.confirm?.by.join()) },
  { says: 'a duty is one that is due', broken: (f, step) => step.screen === 'duty' && !(enough(f) && f.duties.includes(step.duty)) },
  { says: 'only what was offered is asked', broken: (f, step) => step.screen === 'prove' && !offered(f).includes(step.method) },
  { says: 'a choice shows all there is, the spare last', broken: (f, step) => step.screen === 'choose' && step.methods.join() !== offered(f).join() },
  { says: 'a spare is asked when it was chosen or nothing else is left', broken: (f, step) => step.screen === 'prove' && f.spare.includes(step.method) && f.chosen !== step.method && f.usable.length > 0 },
  { says: 'who is blocked is never asked for a proof', broken: (f, step) => f.met && f.blocked && ends(step, 'prove', 'choose', 'confirm') },
  { says: 'who is blocked sets nothing up to get further', broken: (f, step) => f.blocked && ends(step, 'enrol', 'choose-new') && !enough(f) },
  { says: 'blocked is said only of a lock that fell after a proof', broken: (f, step) => ends(step, 'blocked') && !(f.met && f.blocked) },

  // Liveness
  { says: 'whoever has enough passes, when nothing is due, asked for or offered', broken: (f, step) => enough(f) && f.wanted === null && (f.duties.length === 0 || !holdsNothingBack(f)) && !mayBeOffered(f) && f.confirm === null && !ends(step, 'done') },
  { says: 'what is offered comes before the code besides, and nothing comes between', broken: (f, step) => canGiveCode(f) && !f.blocked && !ends(step, 'duty', 'offer', 'confirm') },
  { says: 'what was found is offered', broken: (f, step) => enough(f) && f.wanted === null && (f.duties.length === 0 || !holdsNothingBack(f)) && mayBeOffered(f) && !ends(step, 'offer') },
  { says: 'a passkey is offered first', broken: (f, step) => step.screen === 'offer' && step.offer === 'passwordless' && f.offers.includes('passkey') && holdsNothingBack(f) },
  { says: 'what is due comes before anything else', broken: (f, step) => enough(f) && holdsNothingBack(f) && f.duties.length > 0 && !ends(step, 'duty') },
  { says: 'who came to set something up comes to it', broken: (f, step) => enough(f) && holdsNothingBack(f) && f.duties.length === 0 && f.wanted !== null && !ends(step, 'enrol') },
  { says: 'who came to set something up is not sent away without it', broken: (f, step) => f.wanted !== null && ends(step, 'done') },
  { says: 'another way, asked for, is shown', broken: (f, step) => f.choosing && ends(step, 'prove') },
  { says: 'a choice is kept to', broken: (f, step) => !f.choosing && ends(step, 'prove', 'choose') && f.chosen !== null && offered(f).includes(f.chosen) && !asksFor(step, f.chosen) },
  { says: 'without a choice, the browser remembers', broken: (f, step) => !f.choosing && ends(step, 'prove', 'choose') && !offered(f).includes(f.chosen ?? '') && f.usable.includes(f.preferred ?? '') && !asksFor(step, f.preferred) },
  { says: 'nobody is asked to choose from nothing', broken: (_, step) => step.screen === 'choose' && step.methods.length === 0 },
  { says: 'nobody is asked to choose from one', broken: (f, step) => step.screen === 'choose' && !f.choosing && f.usable.length < 2 },
  { says: 'before the first proof nobody has to choose, and the usual comes first', broken: (f, step) => !f.met && !f.choosing && (ends(step, 'choose') || (step.screen === 'prove' && ![f.chosen, f.preferred, f.usable[0]].includes(step.method))) },
  { says: 'nobody has the choice made for them', broken: (f, step) => f.met && step.screen === 'prove' && f.usable.length > 1 && step.method !== f.chosen && step.method !== f.preferred },
  { says: 'nobody is asked which to set up where there is one, or they have said', broken: (f, step) => ends(step, 'choose-new') && (f.mayEnrol.length < 2 || f.mayEnrol.includes(f.chosen ?? '')) },
  { says: 'nobody has what they set up chosen for them', broken: (f, step) => step.screen === 'enrol' && !enough(f) && f.mayEnrol.length > 1 && step.method !== f.chosen },
  { says: 'stuck is who has no way left and may set nothing up', broken: (f, step) => ends(step, 'stuck') && (offered(f).length > 0 || (mayBeLed(f) && !owesCode(f))) },
];

/** The first law that breaks and how often it was asked; the rows that were used on the way. */
export function tryAll(
  every: (visit: (facts: Facts) => boolean) => number,
  nextStep: (facts: Facts) => { readonly step: Step; readonly row: Row },
): { readonly count: number; readonly broken: string | null; readonly rows: ReadonlySet<string> } {
  const rows = new Set<string>();
  const decide = (facts: Facts) => nextStep(facts).step;
  let broken: string | null = null;
  const count = every((facts) => {
    const { step, row } = nextStep(facts);
    rows.add(row.name);
    const law = laws.find((one) => one.broken(facts, step, decide));
    if (law) broken = `${law.says}: ${JSON.stringify(facts)} leads by ${row.name} to ${JSON.stringify(step)}`;
    return law !== undefined;
  });
  return { count, broken, rows };
}
