import type { Row, Step } from '../table.ts';
import type { Attempt } from './attempt.ts';
import { isHere, knownAlready, lacksCodes, leadsFurther, mayArrive, type Truth } from './truths.ts';
import type { World } from './world.ts';

/** A screen somebody came to, how it came about, and what is so. */
export interface Scene {
  readonly world: World;
  readonly at: Attempt;
  readonly step: Step;
  readonly row: Row;
  readonly truth: Truth;
  /** What the screen would be if the account were another one. */
  readonly elsewise: (change: Change) => Step;
}
export interface Change {
  readonly owns?: readonly string[];
  readonly blocked?: boolean;
  readonly denied?: boolean;
}

export interface JourneyLaw {
  readonly says: string;
  readonly broken: (scene: Scene) => boolean;
}

const asked = ({ step }: Scene): readonly string[] =>
  step.screen === 'prove' ? [step.method] : step.screen === 'choose' ? step.methods : [];
const done = ({ step }: Scene) => step.screen === 'done';
const settingUp = ({ step }: Scene) =>
  ['enrol', 'choose-new', 'duty'].includes(step.screen) ||
  (step.screen === 'offer' && step.offer === 'passkey') ||
  (step.screen === 'confirm' && step.anew);
const isThere = ({ truth }: Scene) => truth.reached >= truth.required;
/** Enough for what is asked, and nothing left to set up. */
const needsNothing = (s: Scene) => isThere(s) && s.truth.wanted === null && !s.truth.denied;
/** A sign-in like any other, by a passkey a moment ago. */
const passkeyOnly = ({ at, world: { errand } }: Scene) =>
  errand.level !== 'owned' &&
  errand.level <= 3 &&
  at.proofs.some((one) => one.method === 'passkey' && one.as === 'full' && one.at === at.startedAt);
/** Somebody has just signed in, nobody asked for more, and what could be offered was not. */
const leftOut = ({ at, world: { errand }, truth }: Scene) =>
  at.proofs.length > 0 &&
  errand.by === 'policy' &&
  truth.wanted === null &&
  errand.offers.includes('passwordless') &&
  !at.answered.includes('passwordless');
const owesCode = ({ truth }: Scene) => truth.owesCode && truth.reached === 1;
/** Who has no way to give a code sets one up, on what is proven lately. */
const onTheWay = ({ truth }: Scene) => [
  truth.sendsCodes ? 'confirm' : 'stuck',
  'blocked',
  ...(truth.provenLately ? [] : ['prove', 'choose']),
];
const looks = (s: Scene, change: Change) => JSON.stringify(s.elsewise(change));

// biome-ignore format: a law a line
/** Of every screen that anybody can come to. */
export const journeyLaws: readonly JourneyLaw[] = [
  // Who arrives
  { says: 'nobody arrives with less than asked', broken: (s) => done(s) && !isThere(s) },
  { says: 'nobody arrives without what tells who they are', broken: (s) => done(s) && !s.truth.standing.some((id) => ['password', 'passkey', 'touch', 'ease'].includes(id)) },
  { says: 'who is denied is told so once known, and nothing else', broken: (s) => s.truth.met && s.truth.denied !== (s.step.screen === 'denied') },
  { says: 'nobody is asked for more than needed', broken: (s) => needsNothing(s) && !done(s) && !['duty', 'offer', ...(owesCode(s) ? onTheWay(s) : [])].includes(s.step.screen) },
  { says: 'P-1: where a password is enough and all there is, it is all', broken: (s) => needsNothing(s) && s.truth.owns.join() === 'password' && s.world.errand.offers.length === 0 && !s.world.errand.confirms && !done(s) },
  { says: 'A-5: nobody arrives on one factor without the code that the policy asks for', broken: (s) => done(s) && owesCode(s) },
  { says: 'A-4: the code is asked by what is owned, and set up by whoever owns nothing', broken: (s) => s.step.screen === 'confirm' && (!owesCode(s) || s.step.anew !== (s.truth.codeBy?.length === 0) || s.step.methods.join() !== (s.step.anew ? 'mail' : s.truth.codeBy?.join())) },
  { says: 'A-8: a passkey alone is two factors', broken: (s) => passkeyOnly(s) && !s.truth.denied && s.truth.wanted === null && asked(s).length > 0 },
  { says: 'D6: nothing is offered on the way to an application that asks for more', broken: (s) => s.step.screen === 'offer' && (s.world.errand.by === 'request' || !isThere(s)) },
  { says: 'P-2, A-7: whoever kept this browser is welcomed back, until they say it is not them', broken: (s) => s.world.errand.returning !== null && s.at.who === null && !s.at.notMe && s.step.screen !== 'welcome' },
  { says: 'P-2, A-3: what could make it easier is offered before one is in', broken: (s) => done(s) && leftOut(s) },
  { says: 'A-11: what was answered is not offered again', broken: (s) => s.step.screen === 'offer' && s.at.answered.includes(s.step.offer) },
  { says: 'P-4, P-5: whoever is welcomed back may be somebody else', broken: (s) => s.step.screen === 'welcome' && (s.at.notMe || s.at.who !== null) },
  { says: 'M-12: who came to set something up does not leave without', broken: (s) => done(s) && s.truth.wanted !== null },

  // Who sets something up
  { says: 'U-1, A-6: nothing is set up before all that is owned is proven, minutes ago', broken: (s) => settingUp(s) && !s.truth.provenLately },
  { says: 'U-1: nothing is set up on proofs older than this request takes', broken: (s) => settingUp(s) && !s.truth.provenForThis },
  { says: 'a request is not answered by setting up, past an owned second factor', broken: (s) => ['enrol', 'choose-new'].includes(s.step.screen) && !isThere(s) && s.world.errand.by === 'request' && s.truth.owned >= 2 },
  { says: 'U-5: what is set up on the way is what would help, and what people may set up themselves', broken: (s) => s.step.screen === 'enrol' && s.step.method !== s.world.errand.wanted && !s.truth.wouldHelp.includes(s.step.method) },
  { says: 'whoever may choose what to set up sees all that would help', broken: (s) => s.step.screen === 'choose-new' && [...s.step.methods].sort().join() !== [...s.truth.wouldHelp].sort().join() },
  { says: 'nobody has what they set up chosen for them', broken: (s) => s.step.screen === 'enrol' && !isThere(s) && s.truth.wouldHelp.length > 1 && s.at.chosen !== s.step.method },
  { says: 'nothing is set up that the policy does not take', broken: (s) => s.step.screen === 'enrol' && !isHere(s.world, s.step.method) },
  { says: 'who is locked sets nothing up to get further', broken: (s) => ['enrol', 'choose-new'].includes(s.step.screen) && s.truth.locked && !isThere(s) },
  { says: 'who just proved all they own does not leave without backup codes', broken: (s) => done(s) && s.truth.provenForThis && lacksCodes(s.world, s.truth) },
  { says: 'M-2: codes are given to who has none, and something to lose', broken: (s) => s.step.screen === 'duty' && !lacksCodes(s.world, s.truth) },

  // What is asked
  { says: 'A-2, D11: before the first proof all accounts look alike', broken: (s) => s.at.who !== null && !s.truth.met && JSON.stringify(s.step) !== looks(s, { owns: [], blocked: !s.at.locked, denied: !s.truth.denied }) },
  { says: 'who is locked is asked for no proof', broken: (s) => s.truth.met && s.truth.locked && asked(s).length > 0 },
  { says: 'nobody is told of a lock that is not', broken: (s) => s.step.screen === 'blocked' && !s.truth.locked },
  { says: 'nobody is asked for what they do not own, or what does not count', broken: (s) => s.truth.met && asked(s).some((id) => !s.truth.provable.includes(id)) },
  { says: 'U-4: nobody is asked twice for a proof that is young enough', broken: (s) => s.truth.met && asked(s).some((id) => knownAlready(s.world, s.at, s.truth, id)) },
  { says: 'nobody is asked what leads nowhere', broken: (s) => s.truth.met && asked(s).length > 0 && !mayArrive(s.truth, s.truth.owns) },
  { says: 'nothing is asked that could be left out', broken: (s) => s.truth.met && asked(s).some((id) => !leadsFurther(s.truth, id)) },
  { says: 'a backup code is asked of who chose it or has no other way', broken: (s) => s.step.screen === 'prove' && s.step.method === 'codes' && s.at.chosen !== 'codes' && s.truth.provable.some((id) => id !== 'codes' && leadsFurther(s.truth, id)) },
  { says: 'M-10: backup codes stand last', broken: (s) => s.step.screen === 'choose' && s.step.methods.includes('codes') && s.step.methods.at(-1) !== 'codes' },
  { says: 'M-10: what this browser used last is asked first', broken: (s) => s.step.screen === 'choose' && !s.at.choosing && s.world.errand.preferred !== 'codes' && s.step.methods.includes(s.world.errand.preferred ?? '') },
  { says: 'nobody has the choice made for them', broken: (s) => s.truth.met && s.step.screen === 'prove' && ![s.at.chosen, s.world.errand.preferred].includes(s.step.method) && s.truth.provable.some((id) => id !== 'codes' && id !== asked(s)[0] && inTurn(s, id) && leadsFurther(s.truth, id)) },
  { says: 'M-10: the choice is whole', broken: (s) => s.truth.met && s.step.screen === 'choose' && s.truth.provable.some((id) => !asked(s).includes(id) && inTurn(s, id) && leadsFurther(s.truth, id)) },
  { says: 'stuck is only who has no way', broken: (s) => s.step.screen === 'stuck' && s.at.who === 'anna' && mayArrive(s.truth, s.truth.owns) },
];

/** What tells who somebody is comes first, and is all where one factor is wanted. */
const inTurn = ({ truth }: Scene, id: string) =>
  ['password', 'passkey', 'ease'].includes(id) || (truth.beside.length > 0 && truth.goal > 1);
