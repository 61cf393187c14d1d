import type { Row, Step } from '../table.ts';
import { type Attempt, ownsNow, proofsOf } from './attempt.ts';
import {
  asYoungAs, besideOneMore, both, had, isHere, lately, mayAnswerBySettingUp, mayArrive, provable, provenAll, required, stands, stillWanted, worth,
} from './truths.ts'; // biome-ignore format: names
import type { World } from './world.ts';
import { subsets } from './worlds.ts';

export interface Scene {
  readonly world: World;
  readonly at: Attempt;
  readonly step: Step;
  readonly row: Row;
  /** What this screen would be if the account were another one. */
  readonly elsewise: (change: {
    readonly owns?: readonly string[];
    readonly blocked?: boolean;
    readonly denied?: boolean;
  }) => Step;
}

export interface JourneyLaw {
  readonly says: string;
  readonly broken: (scene: Scene) => boolean;
}

const met = ({ world, at }: Scene) => proofsOf(world, at).length > 0;
const standing = ({ world, at }: Scene) => worth(stands(world, at, asYoungAs(world, at)));
const isThere = (scene: Scene) => standing(scene) >= required(scene.world, scene.at);
const asked = ({ step }: Scene): readonly string[] =>
  step.screen === 'prove' ? [step.method] : step.screen === 'choose' ? step.methods : [];
const denied = ({ world, at }: Scene) => world.errand.deniesAnna && at.who === 'anna';
const locked = ({ at }: Scene) => at.locked && at.who === 'anna';
const settingUp = ({ step }: Scene) => step.screen === 'enrol' || step.screen === 'duty';

/** More than a password to lose, a house that has codes, and none of them (M-2). */
const lacksCodes = ({ world, at }: Scene) =>
  isHere(world, 'codes') &&
  !ownsNow(world, at).includes('codes') &&
  ownsNow(world, at).some((id) => id !== 'password' && isHere(world, id));
/** Enough for what is asked, once nothing is left to be set up. */
const needsNothing = (scene: Scene) => isThere(scene) && !stillWanted(scene.world, scene.at) && !denied(scene);
/** The age from which on an answer is not asked for again. */
const young = ({ world, at }: Scene) =>
  stillWanted(world, at) || !reaches({ world, at }) ? both(world, at) : asYoungAs(world, at);
const reaches = ({ world, at }: Pick<Scene, 'world' | 'at'>) =>
  worth([...besideOneMore(world, at, asYoungAs(world, at)), ...provable(world, at, ownsNow(world, at))]) >=
  required(world, at);

/** Of every screen that anybody can come to. */
export const journeyLaws: readonly JourneyLaw[] = [
  // Who arrives
  { says: 'nobody arrives with less than asked', broken: (s) => s.step.screen === 'done' && !isThere(s) },
  {
    says: 'nobody arrives without what tells who they are',
    broken: (s) =>
      s.step.screen === 'done' &&
      !stands(s.world, s.at, asYoungAs(s.world, s.at)).some((id) => ['password', 'passkey', 'touch'].includes(id)),
  },
  { says: 'nobody arrives who is denied', broken: (s) => met(s) && denied(s) && s.step.screen !== 'denied' },
  {
    says: 'nobody is asked for more than needed',
    broken: (s) => needsNothing(s) && s.step.screen !== 'done' && s.step.screen !== 'duty',
  },
  {
    says: 'P-1: where a password is enough, the password is all',
    broken: (s) =>
      required(s.world, s.at) === 1 &&
      needsNothing(s) &&
      had(s.world, s.at).join() === 'password' &&
      s.at.made.length === 0 &&
      s.step.screen !== 'done',
  },
  {
    says: 'A-8: a passkey alone is two factors',
    broken: (s) =>
      s.at.who !== null &&
      s.at.proofs.some(({ method, as, at }) => method === 'passkey' && as === 'full' && at === s.at.now) &&
      s.at.startedAt === s.at.now &&
      s.world.errand.level !== 'owned' &&
      s.world.errand.level <= 3 &&
      !s.world.errand.deniesAnna &&
      asked(s).length > 0 &&
      !stillWanted(s.world, s.at),
  },
  {
    says: 'who came to set something up does not leave without',
    broken: (s) => s.step.screen === 'done' && stillWanted(s.world, s.at),
  },

  // Who sets something up
  {
    says: 'U-1: nothing is set up before all that is owned is proven, minutes ago',
    broken: (s) => settingUp(s) && !provenAll(s.world, s.at, lately(s.at)),
  },
  {
    says: 'U-1: nothing is set up on less than was asked, be it asked by policy or by request',
    broken: (s) => settingUp(s) && !provenAll(s.world, s.at),
  },
  {
    says: 'D5: no request is answered by setting up, past an owned second factor',
    broken: (s) => s.step.screen === 'enrol' && !isThere(s) && !mayAnswerBySettingUp(s.world, s.at),
  },
  {
    says: 'what is set up on the way is enough',
    broken: (s) =>
      s.step.screen === 'enrol' &&
      !isThere(s) &&
      worth([...stands(s.world, s.at, asYoungAs(s.world, s.at)), s.step.method]) < required(s.world, s.at),
  },
  {
    says: 'M-1: what is set up is what was wanted, or what is not owned and enough',
    broken: (s) =>
      s.step.screen === 'enrol' &&
      s.step.method !== s.world.errand.wanted &&
      ownsNow(s.world, s.at).includes(s.step.method),
  },
  {
    says: 'nothing is set up that the policy does not take',
    broken: (s) => s.step.screen === 'enrol' && !isHere(s.world, s.step.method),
  },
  {
    says: 'who is denied or locked sets nothing up on the way',
    broken: (s) => s.step.screen === 'enrol' && (denied(s) || (locked(s) && !isThere(s))),
  },
  {
    says: 'M-2: who just proved what they own does not leave without backup codes',
    broken: (s) => s.step.screen === 'done' && provenAll(s.world, s.at) && lacksCodes(s),
  },
  {
    says: 'M-2: codes are given to who has none, and something to lose',
    broken: (s) => s.step.screen === 'duty' && !lacksCodes(s),
  },

  // What is asked
  {
    says: 'before the first proof all accounts look alike',
    broken: (s) =>
      s.at.who !== null &&
      !met(s) &&
      looks(s, {}) !== looks(s, { owns: [], blocked: !s.at.locked, denied: !s.world.errand.deniesAnna }),
  },
  { says: 'who is locked is asked for no proof', broken: (s) => met(s) && locked(s) && asked(s).length > 0 },
  { says: 'nobody is told of a lock that is not', broken: (s) => s.step.screen === 'blocked' && !locked(s) },
  {
    says: 'nobody is asked for what they do not own',
    broken: (s) => met(s) && asked(s).some((id) => !ownsNow(s.world, s.at).includes(id)),
  },
  {
    says: 'nobody is asked for what does not count',
    broken: (s) => met(s) && asked(s).some((id) => !provable(s.world, s.at, ownsNow(s.world, s.at)).includes(id)),
  },
  {
    says: 'nobody is asked twice for a proof that is young enough',
    broken: (s) => met(s) && s.step.screen === 'prove' && s.at.chosen === null && knownAlready(s, s.step.method),
  },
  {
    says: 'nobody is asked what leads nowhere',
    broken: (s) => met(s) && asked(s).length > 0 && !mayArrive(s.world, s.at, ownsNow(s.world, s.at)),
  },
  { says: 'what is asked leads further', broken: (s) => met(s) && asked(s).some((id) => !leadsFurther(s, id)) },
  {
    says: 'M-10: a backup code is asked of who chose it or has no other way',
    broken: (s) => s.step.screen === 'prove' && s.step.method === 'codes' && s.at.chosen !== 'codes' && otherWays(s),
  },
  {
    says: 'M-10: backup codes stand last',
    broken: (s) => s.step.screen === 'choose' && s.step.methods.includes('codes') && s.step.methods.at(-1) !== 'codes',
  },
  {
    says: 'M-10: what this browser used last is asked first',
    broken: (s) =>
      s.step.screen === 'choose' &&
      !s.at.choosing &&
      s.world.errand.preferred !== 'codes' &&
      s.step.methods.includes(s.world.errand.preferred ?? ''),
  },
  {
    says: 'stuck is only who has no way',
    broken: (s) => s.step.screen === 'stuck' && s.at.who === 'anna' && mayArrive(s.world, s.at, ownsNow(s.world, s.at)),
  },
];

const looks = (s: Scene, change: Parameters<Scene['elsewise']>[0]) => JSON.stringify(s.elsewise(change));

const knownAlready = (s: Scene, id: string) =>
  proofsOf(s.world, s.at).some(
    (p) => p.method === id && p.at >= young(s) && !(id === 'passkey' && p.kinds.length === 1),
  );

/** There is a way in from here that goes by this method, and on which nothing could be left out. */
const leadsFurther = (s: Scene, id: string) => {
  const { world, at } = s;
  const beside = besideOneMore(world, at, young(s));
  const gets = (list: readonly string[]) => worth([...beside, ...list]) >= goal(s);
  const all = provable(world, at, ownsNow(world, at));
  return subsets(all.filter((one) => one !== id))
    .map((others) => [id, ...others])
    .some((way) => gets(way) && (way.length === 1 || way.every((one) => !gets(way.filter((other) => other !== one)))));
};

const otherWays = (s: Scene) =>
  provable(s.world, s.at, ownsNow(s.world, s.at)).some((id) => id !== 'codes' && leadsFurther(s, id));

/** What has to stand: what is asked; for a set-up, all that is owned too. */
const goal = ({ world, at }: Scene) => {
  if (!reaches({ world, at })) return worthOfAll(world, at);
  return stillWanted(world, at) ? Math.max(required(world, at), worthOfAll(world, at)) : required(world, at);
};
