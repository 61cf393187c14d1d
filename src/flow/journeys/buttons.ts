import type { Offer } from '../facts.ts';
import type { Step } from '../table.ts';
import { type Attempt, type Given, ownsNow, proofsOf } from './attempt.ts';
import type { World } from './world.ts';

/** A button, or an answer typed: where it leads, what one must hold for it, what must come of it. */
export interface Button {
  readonly name: string;
  readonly to: Attempt;
  /** The method one has to have in hands; null: anybody can. */
  readonly needs: string | null;
  /** `forward`: what an honest person does next. `world`: what happens to them. */
  readonly is: 'forward' | 'aside' | 'back' | 'world';
  readonly expects?: (next: Step) => boolean;
}

/** Every button of the screen, and what else may happen. */
export function buttonsOf(world: World, a: Attempt, step: Step): readonly Button[] {
  const again: Button = {
    name: 'start again',
    to: {
      ...a,
      who: null,
      proofs: [],
      made: [],
      chosen: null,
      choosing: false,
      answered: [],
      confirmed: false,
      startedAt: a.now,
    },
    needs: null,
    is: 'back',
    expects: (next) => ['identify', 'welcome'].includes(next.screen),
  };
  if (step.screen === 'done') return [];
  if (step.screen === 'identify') return typeNames(world, a);
  if (step.screen === 'welcome') return goOnAs(a, step.method);
  return [...onScreen(world, a, step), again, ...happenings(world, a)];
}

/** Ben is there to be mixed up with whoever is signed in: where nobody is, he stays at home. */
const typeNames = ({ session }: World, a: Attempt): readonly Button[] =>
  (session.of === null ? (['anna'] as const) : (['anna', 'ben'] as const)).map((who) => ({
    name: `type ${who}`,
    to: { ...a, who },
    needs: null,
    is: 'forward',
    expects: (next) => next.screen !== 'identify',
  }));

/**
 * Three ways on, so that nobody is caught in a browser somebody kept for themselves. Whoever is signed in there has proven
 * something, and goes on from that.
 */
const goOnAs = (a: Attempt, method: string): readonly Button[] => [
  {
    name: 'continue',
    to: { ...a, who: 'anna', chosen: method },
    needs: null,
    is: 'forward',
    // One who does not have it any more is asked like everybody.
    expects: (next) => a.session === 'anna' || next.screen === 'prove',
  },
  {
    name: 'use my password instead',
    to: { ...a, who: 'anna', chosen: 'password' },
    needs: null,
    is: 'aside',
    expects: (next) => a.session === 'anna' || (next.screen === 'prove' && next.method === 'password'),
  },
  {
    name: 'not you?',
    to: { ...a, notMe: true },
    needs: null,
    is: 'back',
    expects: (next) => next.screen === 'identify',
  },
];

/** Yes or no, it is not asked again. */
function answers({ errand }: World, a: Attempt, offer: Offer): readonly Button[] {
  const answered = { ...a, answered: [...new Set([...a.answered, offer])].sort() };
  // Where a code confirms, it waits for that, and is no way in yet.
  const yes = offer === 'passkey' && !errand.confirms ? withEase(answered) : answered;
  return [
    { name: `no ${offer}`, to: answered, needs: null, is: 'forward', expects: (next) => next.screen !== 'prove' },
    { name: `yes ${offer}`, to: yes, needs: null, is: 'forward', expects: (next) => next.screen !== 'prove' },
  ];
}

/** Made beside: it proves nothing yet. */
const withEase = (a: Attempt): Attempt => ({
  ...a,
  made: [...new Set([...a.made, 'ease'])].sort(),
  added: a.who === 'anna' ? [...new Set([...a.added, 'ease'])].sort() : a.added,
});

function onScreen(world: World, a: Attempt, step: Step): readonly Button[] {
  switch (step.screen) {
    case 'prove':
      return toProve(world, a, step.method);
    case 'choose':
      return step.methods.map((method) => ({
        name: `choose ${method}`,
        to: { ...a, chosen: method, choosing: false },
        needs: null,
        is: 'forward',
        expects: (next) => next.screen === 'prove' && next.method === method,
      }));
    case 'choose-new':
      return step.methods.map((method) => ({
        name: `choose to set up ${method}`,
        to: { ...a, chosen: method, choosing: false },
        needs: null,
        is: 'forward',
        expects: (next) => next.screen === 'enrol' && next.method === method,
      }));
    case 'enrol':
      return [
        ...toOthers(a),
        { name: `set up ${step.method}`, to: withNew(a, step.method), needs: null, is: 'forward' },
      ];
    case 'offer':
      return answers(world, a, step.offer);
    case 'confirm':
      return step.methods.length > 1 ? step.methods.map((method) => pick(a, method)) : toConfirm(world, a, step);
    case 'duty':
      return [{ name: 'I have stored them', to: keepCodes(a), needs: null, is: 'forward' }];
    case 'blocked':
      return [
        {
          name: 'wait',
          to: { ...a, locked: false },
          needs: null,
          is: 'forward',
          expects: (next) => next.screen !== 'blocked',
        },
      ];
    default:
      return [];
  }
}

const pick = (a: Attempt, method: string): Button => ({
  name: `confirm by ${method}`,
  to: { ...a, chosen: method, choosing: false },
  needs: null,
  is: 'forward',
  expects: (next) => next.screen === 'confirm' && next.methods.join() === method,
});

/** It proves nothing: only that it was given. */
function toConfirm(
  world: World,
  a: Attempt,
  { methods: [method = ''], anew }: Step & { screen: 'confirm' },
): readonly Button[] {
  const wrong: Button = {
    name: 'wrong answers',
    to: { ...a, locked: true },
    needs: null,
    is: 'aside',
    expects: (next) => next.screen === 'blocked',
  };
  const given = { ...a, confirmed: true, chosen: null, choosing: false };
  const { made, added } = withNew(a, method);
  const right: Button = {
    name: `confirm with ${method}`,
    to: anew ? { ...given, made, added } : given,
    needs: anew ? null : method,
    is: 'forward',
    expects: (next) => next.screen !== 'confirm',
  };
  return [
    ...(anew || ownsNow(world, a).includes(method) ? [right] : []),
    ...(a.who === 'anna' && !a.locked ? [wrong] : []),
  ];
}

/** Whoever chose what to set up may choose again. */
const toOthers = (a: Attempt): readonly Button[] =>
  a.chosen === null
    ? []
    : [{ name: 'set up something else', to: { ...a, chosen: null, choosing: true }, needs: null, is: 'aside' }];

function toProve(world: World, a: Attempt, method: string): readonly Button[] {
  const buttons: Button[] = [
    {
      name: 'try another way',
      to: { ...a, choosing: true, chosen: null },
      needs: null,
      is: 'aside',
      expects: (next) => next.screen === 'choose',
    },
  ];
  // While Anna is locked and nothing is proven, the page is the same and a right answer is a wrong one (`docs/adr/0006`).
  if (a.who === 'anna' && a.locked)
    return [...buttons, { name: 'wait', to: { ...a, locked: false }, needs: null, is: 'forward' }];
  if (ownsNow(world, a).includes(method))
    buttons.push({
      name: `prove ${method}`,
      to: withProof(world, a, { method, at: a.now, as: 'full' }),
      needs: method,
      is: 'forward',
    });
  if (method === 'passkey' && ownsNow(world, a).includes(method))
    buttons.push({
      name: 'touch the passkey',
      to: withProof(world, a, { method, at: a.now, as: 'touch' }),
      needs: method,
      is: 'aside',
    });
  if (a.who === 'anna')
    buttons.push({
      name: 'wrong answers',
      to: { ...a, locked: true },
      needs: null,
      is: 'aside',
      expects: (next) => next.screen === (proofsOf(world, a).length > 0 ? 'blocked' : 'prove'),
    });
  return buttons;
}

function withProof(world: World, a: Attempt, given: Given): Attempt {
  const spends = a.who === 'anna' && world.lastCode && given.method === 'codes' && !a.added.includes('codes');
  return {
    ...a,
    proofs: sorted([...a.proofs.filter((one) => one.method !== given.method || one.as === 'set-up'), given]),
    chosen: null,
    choosing: false,
    spent: a.spent || spends,
  };
}

function withNew(a: Attempt, method: string): Attempt {
  return {
    ...a,
    proofs: sorted([
      ...a.proofs.filter((one) => one.method !== method || one.as !== 'set-up'),
      { method, at: a.now, as: 'set-up' },
    ]),
    made: [...new Set([...a.made, method])].sort(),
    added: a.who === 'anna' ? [...new Set([...a.added, method])].sort() : a.added,
    chosen: null,
    choosing: false,
  };
}

function keepCodes(a: Attempt): Attempt {
  const kept = { ...a, made: [...new Set([...a.made, 'codes'])].sort() };
  return a.who === 'anna' ? { ...kept, added: [...new Set([...a.added, 'codes'])].sort(), spent: false } : kept;
}

/** Time passes, once, where nobody just signed in; somebody signs in as Ben in another tab, once. */
function happenings({ session }: World, a: Attempt): readonly Button[] {
  const later: Button = { name: 'an hour later', to: { ...a, now: 1 }, needs: null, is: 'world' };
  const otherTab: Button = {
    name: 'Ben signs in in another tab',
    to: { ...a, session: 'ben' },
    needs: null,
    is: 'world',
  };
  const mayChange = session.proofs === 'everything' && a.session === 'anna';
  return [...(a.now === 0 && session.age !== 'young' ? [later] : []), ...(mayChange ? [otherTab] : [])];
}

const sorted = (proofs: readonly Given[]): readonly Given[] =>
  [...proofs].sort((a, b) => (`${a.method} ${a.as}` < `${b.method} ${b.as}` ? -1 : 1));
