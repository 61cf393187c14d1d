import type { Instant } from '../kernel/clock.ts';
import {
  type AskedLevel,
  type Evidence,
  type Level,
  levelOf,
  lifts,
  type Proof,
  worthHere,
  youngEnough,
} from './assurance.ts';
import type { Confirmation, Duty, Facts, Offer } from './facts.ts';

/** What is asked, by the policy and the request together. */
export interface Demand {
  readonly level: AskedLevel;
  readonly by: 'policy' | 'request';
  /** An application asks: only what a level is made of counts, and nothing that stands in for it. */
  readonly strict: boolean;
  /** Proofs that lift must not be older; null: as old as the session allows. */
  readonly notBefore: Instant | null;
  /** A saved code does not count: something is about to be taken away. */
  readonly withoutRecovery: boolean;
  readonly denied: boolean;
}

/** `off`: the person may own it, but the policy takes no proof from it here. */
export type Role = 'first' | 'second' | 'backup' | 'off';

/** A method as the policy allows it here. */
export interface Allowed {
  readonly id: string;
  readonly role: Role;
  /** The best it can prove. */
  readonly best: Evidence;
  /** May be set up by the person themselves, in the flow. */
  readonly inline: boolean;
  /** Its provider does not answer: asked last. */
  readonly down?: boolean;
  /** Made to make things easier: a way in, and no reason to ask for more than before. */
  readonly beside?: boolean;
}

/** All that was read of the world for one decision. Plain values: reading is over. */
export interface Situation {
  readonly identified: boolean;
  readonly demand: Demand;
  /** Best first. */
  readonly methods: readonly Allowed[];
  /** Ids of the methods this person has set up. */
  readonly owns: readonly string[];
  /** Ids of the methods set up in this attempt. */
  readonly made: readonly string[];
  /** Of this attempt, and of the session it continues: never of another person's. */
  readonly proofs: readonly Proof[];
  readonly blocked: boolean;
  /** Whose browser this is, and by which method they go on. */
  readonly returning: string | null;
  /** What could be offered here, and was not answered. */
  readonly offers: readonly Offer[];
  /** The policy asks for a code besides one factor; or as long as codes can be sent. */
  readonly confirms: boolean | 'while-up';
  readonly preferred: string | null;
  /** Where this one leads on, no other is offered but backups. */
  readonly only?: string | null;
  readonly chosen: string | null;
  readonly choosing: boolean;
  readonly wanted: string | null;
  /** Proofs since then are fresh enough to set something up. */
  readonly freshSince: Instant;
}

/** The facts of a situation. Pure: the journeys walk through this very function. */
export function gather(s: Situation): Facts {
  const { demand } = s;
  const worth = demand.strict ? levelOf : worthHere;
  const here = s.methods.filter(({ role }) => role !== 'off');
  const owned = ownedBefore(s);
  const recovers = (proof: Evidence) => demand.withoutRecovery && proof.recovery;
  const counted = telling(here, s.proofs).filter((proof) => !recovers(proof));
  const mine = wakeFirst(here.filter(({ id, best }) => s.owns.includes(id) && !recovers(best)));
  const all = [...standing(counted, demand.notBefore), ...mine.map(({ best }) => best)];
  const inReach = worth(all) >= demand.level;
  // A request leads to the first second factor ever, never past one that is owned: that would make the proof it asks for.
  const mayEnrol = !inReach && (demand.by === 'policy' || owned < 2) ? worthSettingUp(s, here, all, worth) : [];
  const wanted = here.some(({ id }) => id === s.wanted && !s.made.includes(id)) ? s.wanted : null;

  // To set something up, all that is owned is proven lately; else what is asked is enough.
  const met = s.proofs.length > 0;
  const reached = worth(youngEnough(counted, demand.notBefore));
  const confirm = reached < 2 ? confirmationIn(s, here, mine) : null;
  const settingUp = inReach ? wanted !== null || confirm?.anew === true : mayEnrol.length > 0;
  const asked = { ...demand, worth };
  const lately = {
    worth,
    level: inReach ? higher(owned, demand.level) : owned,
    notBefore: later(demand.notBefore, s.freshSince),
  };
  const { usable, spare } = met ? waysTo(settingUp ? lately : asked, mine, counted) : firstWays(here);
  return {
    identified: s.identified,
    met,
    returning: s.returning,
    required: demand.level,
    demandedBy: demand.by,
    reached,
    owned,
    denied: demand.denied,
    blocked: s.blocked,
    usable: alone(usable, s.only),
    spare,
    preferred: awake(mine, s.preferred),
    chosen: s.chosen,
    choosing: s.choosing,
    fresh: worth(youngEnough(counted, s.freshSince)) >= owned,
    mayEnrol,
    wanted,
    duties: dutiesOf(here, s),
    confirm,
    offers: offersIn(s),
  };
}

const alone = (usable: readonly string[], only: string | null = null): readonly string[] =>
  only !== null && usable.includes(only) ? [only] : usable;

/** What nobody told us the worth of may be worth anything: nothing is set up past it. */
function ownedBefore(s: Situation): Level {
  const before = s.owns.filter((id) => !s.made.includes(id));
  const known = s.methods.filter(({ id }) => before.includes(id));
  return known.length < before.length ? 4 : worthHere(known.filter(({ beside }) => !beside).map(({ best }) => best));
}

/** What the policy takes; without one that tells who somebody is, the rest says nothing. */
function telling(here: readonly Allowed[], proofs: readonly Proof[]): readonly Proof[] {
  const roleOf = ({ method }: Proof) => here.find(({ id }) => id === method)?.role;
  const taken = proofs.filter((proof) => roleOf(proof) !== undefined);
  return taken.some((proof) => proof.alone || roleOf(proof) === 'first') ? taken : [];
}

type Ways = Pick<Facts, 'usable' | 'spare'>;
interface Goal {
  readonly level: Level;
  readonly notBefore: Instant | null;
  readonly worth: Worth;
}

type Worth = (proofs: readonly Evidence[]) => Level;

/** Before the first proof all accounts look alike: what is offered is what everybody is offered. */
function firstWays(here: readonly Allowed[]): Ways {
  return { usable: here.filter(({ role }) => role === 'first').map(({ id }) => id), spare: [] };
}

/**
 * What leads to the goal: enough by itself or with one other that is not (no level needs more than two methods), so
 * nobody is asked for what does not help. Alone stands only what tells who somebody is.
 */
function waysTo(goal: Goal, mine: readonly Allowed[], counted: readonly Proof[]): Ways {
  const base = standing(counted, goal.notBefore);
  const enough = (...more: readonly Allowed[]) => goal.worth([...base, ...more.map(({ best }) => best)]) >= goal.level;
  const inTurn = ({ role }: Allowed) => role === 'first' || (base.length > 0 && goal.level > 1);
  const leads = (method: Allowed) =>
    inTurn(method) && (enough(method) || mine.some((other) => !enough(other) && enough(method, other)));
  const there = goal.worth(youngEnough(counted, goal.notBefore)) >= goal.level;
  const ways = there ? [] : mine.filter(leads);
  const ids = (backup: boolean) => ways.filter(({ role }) => (role === 'backup') === backup).map(({ id }) => id);
  return { usable: ids(false), spare: ids(true) };
}

/** What a next proof can build on: what is young enough; where nothing is, the password that the session knows. */
function standing(counted: readonly Proof[], notBefore: Instant | null): readonly Proof[] {
  const young = youngEnough(counted, notBefore);
  return young.length > 0 ? young : counted.filter((proof) => !lifts(proof));
}

/** One new method is enough for any level, or it is not offered: nobody sets up what leads nowhere. */
function worthSettingUp(
  s: Situation,
  here: readonly Allowed[],
  all: readonly Evidence[],
  worth: Worth,
): readonly string[] {
  return here
    .filter(({ id, role, inline }) => inline && role !== 'backup' && !s.owns.includes(id))
    .filter(({ best }) => worth([...all, best]) >= s.demand.level)
    .map(({ id }) => id);
}

/**
 * Whoever has more than a password to lose gets codes to keep; used up, they are due again. Where a password is enough, what
 * was made beside it is no loss.
 */
function dutiesOf(here: readonly Allowed[], { owns, demand }: Situation): readonly Duty[] {
  const backups = here.filter(({ role, best }) => role === 'backup' && best.recovery);
  const isLoss = ({ beside }: Allowed) => !beside || demand.level > 1;
  const hasMore = here.some((one) => one.role !== 'backup' && lifts(one.best) && owns.includes(one.id) && isLoss(one));
  return hasMore && backups.length > 0 && !backups.some(({ id }) => owns.includes(id)) ? ['keep-backup-codes'] : [];
}

/** Whatever they have beside the first factor; of whoever has nothing, a code that is sent, to where they say first. */
function confirmationIn(
  { confirms, proofs, owns }: Situation,
  here: readonly Allowed[],
  mine: readonly Allowed[],
): Confirmation | null {
  if (confirms === false || proofs.length === 0) return null;
  const by = mine.filter(({ role, best }) => role !== 'first' && !best.recovery && !best.standsIn);
  if (confirms === 'while-up' && by.length > 0 && by.every(({ down }) => down)) return null;
  if (by.length > 0) return { by: by.map(({ id }) => id), anew: false };
  const settable = here.filter(({ id, inline, best }) => inline && best.relayed && !owns.includes(id));
  return { by: settable.map(({ id }) => id), anew: settable.length > 0 };
}

/** Whoever an application sent for more is not held up, and nobody is offered anything before they have proven something. */
const offersIn = ({ demand, proofs, offers }: Situation): readonly Offer[] =>
  proofs.length > 0 && demand.by === 'policy' ? offers : [];

/** What this browser used last, unless it sleeps. */
const awake = (mine: readonly Allowed[], preferred: string | null): string | null =>
  mine.some(({ id, down }) => id === preferred && down) ? null : preferred;

/** Nobody waits for a provider while another way is open. */
const wakeFirst = (ways: readonly Allowed[]): readonly Allowed[] => [
  ...ways.filter(({ down }) => !down),
  ...ways.filter(({ down }) => down),
];

const higher = (a: Level, b: Level): Level => (a > b ? a : b);
const later = (a: Instant | null, b: Instant): Instant => (a !== null && a > b ? a : b);
