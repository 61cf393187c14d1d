import type { Instant } from '../kernel/clock.ts';
import { type Evidence, type Level, levelOf, type Proof, youngEnough } from './assurance.ts';
import type { Duty, Facts } from './facts.ts';

/** What is asked, by the policy and the request together. */
export interface Demand {
  readonly level: Exclude<Level, 0>;
  readonly by: 'policy' | 'request';
  /** Proofs that lift must not be older; null: as old as the session allows. */
  readonly notBefore: Instant | null;
  /** A saved code does not count: something is about to be taken away. */
  readonly withoutRecovery: boolean;
  readonly denied: boolean;
}

export type Role = 'first' | 'second' | 'backup';

/** A method as the policy allows it here. */
export interface Allowed {
  readonly id: string;
  readonly role: Role;
  /** The best it can prove. */
  readonly best: Evidence;
  /** May be set up by the person themselves, in the flow. */
  readonly inline: boolean;
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
  /** Of this attempt, and of the session it continues. */
  readonly proofs: readonly Proof[];
  readonly blocked: boolean;
  readonly preferred: string | null;
  readonly chosen: string | null;
  readonly choosing: boolean;
  readonly wanted: string | null;
  /** Proofs since then are fresh enough to set something up. */
  readonly freshSince: Instant;
}

/** The facts of a situation. Pure: the journeys walk through this very function. */
export function gather(s: Situation): Facts {
  const { demand } = s;
  const before = s.owns.filter((id) => !s.made.includes(id));
  const owned = levelOf(bestOf(s, before));
  const mayPass = demand.by === 'policy' || owned < 2;
  const counted = s.proofs.filter((p) => (mayPass || !s.made.includes(p.method)) && !(demand.withoutRecovery && p.recovery));
  const reached = levelOf(youngEnough(counted, demand.notBefore));
  const met = s.proofs.length > 0;
  const fresh = levelOf(youngEnough(counted, s.freshSince)) >= owned;
  const mayEnrol = reached < demand.level ? worthSettingUp(s, counted) : [];
  const { usable, spare } = met ? waysOn(s, counted, fresh, mayEnrol.length > 0) : firstWays(s);
  return {
    identified: s.identified,
    met,
    required: demand.level,
    demandedBy: demand.by,
    reached,
    owned,
    denied: demand.denied,
    blocked: s.blocked,
    usable,
    spare,
    preferred: s.preferred,
    chosen: s.chosen,
    choosing: s.choosing,
    fresh,
    mayEnrol,
    wanted: s.wanted !== null && !s.made.includes(s.wanted) ? s.wanted : null,
    duties: dutiesOf(s),
  };
}

const bestOf = (s: Situation, ids: readonly string[]): readonly Evidence[] =>
  s.methods.filter(({ id }) => ids.includes(id)).map(({ best }) => best);

type Ways = Pick<Facts, 'usable' | 'spare'>;

/** Before the first proof all accounts look alike: what is offered is what everybody is offered. */
function firstWays(s: Situation): Ways {
  return { usable: s.methods.filter(({ role }) => role === 'first').map(({ id }) => id), spare: [] };
}

/** The ways towards what is asked; where none is left and something may be set up, the ways to make the proofs fresh. */
function waysOn(s: Situation, counted: readonly Proof[], fresh: boolean, mayEnrol: boolean): Ways {
  const onward = waysTo(s, counted, s.demand);
  const leadsOn = onward.usable.length + onward.spare.length > 0;
  if (leadsOn || fresh || !(mayEnrol || s.wanted !== null)) return onward;
  const level = Math.max(1, levelOf(counted)) as Exclude<Level, 0>;
  return waysTo(s, counted, { ...s.demand, level, notBefore: s.freshSince });
}

/** What this person owns and what would lift what they proved; if something is enough by itself, only that. */
function waysTo(s: Situation, counted: readonly Proof[], demand: Demand): Ways {
  const young = youngEnough(counted, demand.notBefore);
  const base = young.length > 0 ? young : knowledge(counted);
  const reached = levelOf(young);
  const levelWith = ({ best }: Allowed) => levelOf([...base, best]);
  const helps = s.methods.filter(
    (method) =>
      s.owns.includes(method.id) &&
      !s.made.includes(method.id) &&
      !(demand.withoutRecovery && method.best.recovery) &&
      levelWith(method) > reached,
  );
  const enough = helps.filter((method) => levelWith(method) >= demand.level);
  const ways = enough.length > 0 ? enough : helps;
  const ids = (backup: boolean) => ways.filter(({ role }) => (role === 'backup') === backup).map(({ id }) => id);
  return { usable: ids(false), spare: ids(true) };
}

/** An old password of the session still stands under a young second factor. */
const knowledge = (proofs: readonly Proof[]): readonly Proof[] =>
  proofs.filter(({ kinds }) => kinds.every((kind) => kind === 'knowledge'));

function worthSettingUp(s: Situation, counted: readonly Proof[]): readonly string[] {
  const now = levelOf(counted);
  return s.methods
    .filter((method) => method.inline && method.role === 'second' && !s.owns.includes(method.id))
    .filter(({ best }) => levelOf([...counted, best]) > now)
    .map(({ id }) => id);
}

function dutiesOf(s: Situation): readonly Duty[] {
  const ownsBackup = s.methods.some(({ id, role }) => role === 'backup' && s.owns.includes(id));
  const offersBackup = s.methods.some(({ role }) => role === 'backup');
  const ownsSecond = s.methods.some(({ id, role }) => role === 'second' && s.owns.includes(id));
  return ownsSecond && offersBackup && !ownsBackup ? ['keep-backup-codes'] : [];
}
