import { days, hours, type Instant, minutes, shift } from '../../kernel/clock.ts';
import type { Proof } from '../assurance.ts';
import { bensMethods, bestOf, touched, type World } from './world.ts';

/** How far somebody has come, and what has changed on the way. Small and plain: it is also its own key. */
export interface Attempt {
  readonly who: 'anna' | 'ben' | null;
  readonly proofs: readonly Given[];
  readonly made: readonly string[];
  readonly chosen: string | null;
  readonly choosing: boolean;
  /** What was offered, and answered. */
  readonly answered: readonly string[];
  /** The code besides is given. */
  readonly confirmed: boolean;
  /** "That's not me", said to whoever welcomes back. */
  readonly notMe: boolean;
  readonly startedAt: Hour;

  // What stays when one starts again:
  readonly now: Hour;
  /** Whose session this browser has. */
  readonly session: 'anna' | 'ben' | null;
  /** Too many wrong answers for Anna. */
  readonly locked: boolean;
  /** Set up for Anna since it all began, by whoever sits here. */
  readonly added: readonly string[];
  /** Her last backup code is used. */
  readonly spent: boolean;
}

/** Since it all began. */
export type Hour = 0 | 1;

/** An answer of this attempt: as good as it gets, a mere touch, or the first code of what was set up. */
export interface Given {
  readonly method: string;
  readonly at: Hour;
  readonly as: 'full' | 'touch' | 'set-up';
}

export const start = ({ session }: World): Attempt => ({
  who: session.of,
  proofs: [],
  made: [],
  chosen: null,
  choosing: false,
  answered: [],
  confirmed: false,
  notMe: false,
  startedAt: 0,
  now: 0,
  session: session.of,
  locked: false,
  added: [],
  spent: false,
});

const beginning = 1_000_000_000_000 as Instant;
export const instantOf = (hour: Hour): Instant => shift(beginning, hours(hour));

/** What the person owns by now. Ben forgets what he sets up: his account is here to be mixed up with Anna's. */
export function ownsNow(world: World, a: Attempt): readonly string[] {
  if (a.who === null) return [];
  if (a.who === 'ben') return [...new Set([...bensMethods, ...a.made])];
  return [...new Set([...world.owns, ...a.added])].filter((id) => id !== 'codes' || !a.spent);
}

/** All proofs of this person: of the attempt, and of the session where it is theirs (T28). */
export function proofsOf(world: World, a: Attempt): readonly Proof[] {
  const given = a.proofs.map((one): Proof => {
    const old = one.as !== 'set-up' && (a.who === 'ben' ? bensMethods : world.owns).includes(one.method);
    const evidence = one.as === 'touch' ? touched : bestOf(one.method);
    return { ...evidence, method: one.method, credential: old ? 'old' : 'new', at: instantOf(one.at) };
  });
  return a.session !== null && a.session === a.who ? [...sessionOf(world, a.session), ...given] : given;
}

const ages = { old: days(20), late: minutes(7), young: minutes(1) };

export function sessionOf({ session, owns }: World, of: 'anna' | 'ben'): readonly Proof[] {
  // Ben may have signed in meanwhile, in another tab.
  const { age, proofs } = of === session.of ? session : ({ age: 'young', proofs: 'everything' } as const);
  const at = shift(beginning, -ages[age]);
  const methods =
    of === 'ben' ? bensMethods : owns.filter((id) => id === 'password' || (proofs === 'everything' && id !== 'codes'));
  return methods.map((method) => ({ ...bestOf(method), method, credential: 'old', at }));
}
