import type { Account } from '../core/accounts/store.ts';
import { type Where, wheresIn } from '../core/policies/places.ts';
import { roleAnywhere, rulingFor, rulingsAnywhere } from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import { isWayIn } from '../flow/way-in.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Credential, Hold } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';
import { asOwned, hasSecond, type Owned, ownedBy, whoseRules } from './owned.ts';
import { type Gated, handsIn, imaginedOne, type Somebody, type Supposed, supposedAt } from './supposed.ts';

/**
 * What a person's ways in hang on: which one thing, lost, would leave them none. What somebody knows is not lost with a thing, and
 * what is on several devices not with one (`docs/adr/0045`).
 */

/** One thing that can be lost, and the first of what would go with it. */
export interface Thing {
  readonly hold: Exclude<Hold, 'head' | 'several'>;
  readonly method: LiveMethod;
  readonly credential: Credential;
}

export interface Loss {
  readonly thing: Thing;
  /** They get in nowhere any more; or not everywhere. */
  readonly shuts: 'all' | 'some';
}

/** Each thing that somebody must not lose, while they get in somewhere at all. */
export function lossesOf(gate: Gated, policies: readonly Rule[], somebody: Somebody): readonly Loss[] {
  const places = placesFor(gate, policies, somebody);
  const open = places.filter((place) => isOpen(place, somebody.owned));
  return thingsOf(somebody.owned).flatMap((thing) => {
    const left = without(somebody.owned, thing);
    const shut = open.filter((place) => !isOpen(place, left));
    if (shut.length === 0) return [];
    return [{ thing, shuts: shut.length === open.length ? ('all' as const) : ('some' as const) }];
  });
}

/** The first method that they could set up by themselves, and that would do instead; what is kept for bad days before all else. */
export function remedyOf(
  gate: Gated,
  policies: readonly Rule[],
  somebody: Somebody,
  { thing }: Loss,
): LiveMethod | null {
  const { account, owned } = somebody;
  const here = { ...whoseRules(account), address: outside };
  if (rulingFor(policies, { ...here, application: null }).setUp !== 'anytime') return null;
  const rulings = rulingsAnywhere(policies, here);
  const settable = [...gate.methods.values()]
    .filter((method) => method.role !== 'first' && roleAnywhere(rulings, method) !== 'off')
    .filter(({ id, one }) => !(one && owned.some((mine) => mine.id === id)))
    .filter(({ role }) => role !== 'backup' || hasSecond(owned))
    .sort((a, b) => Number(b.role === 'backup') - Number(a.role === 'backup'));
  const isHealed = (method: LiveMethod) =>
    lossesOf(gate, policies, { account, owned: withOneMore(owned, method) }).every(
      (loss) => !isSame(loss.thing, thing),
    );
  return settable.find(isHealed) ?? null;
}

/** Outside every network that is named (RFC 5737). */
const outside = '192.0.2.1';

/** An application, and all that anybody could meet on the way to it; or their own pages. */
type Place = readonly Supposed[];

function placesFor(gate: Gated, policies: readonly Rule[], somebody: Somebody): readonly Place[] {
  const byApplication = new Map<Where['application'], Map<string, Supposed>>();
  for (const where of wheresIn(
    policies,
    gate.realms.flatMap(({ applications }) => applications),
  )) {
    const supposed = supposedAt(gate, policies, somebody, where);
    const place = byApplication.get(where.application) ?? new Map<string, Supposed>();
    // From most addresses nothing is different.
    const alike = JSON.stringify([supposed.situation, supposed.ruling.distrustsSynced, supposed.realm]);
    byApplication.set(where.application, place.set(alike, supposed));
  }
  return [...byApplication.values()].map((place) => [...place.values()]);
}

/** From anywhere: whoever gets in from the office alone has a way in. */
const isOpen = (place: Place, left: readonly Owned[]): boolean =>
  place.some((supposed) => isWayIn(supposed.situation, handsIn(supposed, left)));

function thingsOf(owned: readonly Owned[]): readonly Thing[] {
  const things: Thing[] = [];
  for (const method of owned)
    for (const credential of method.has) {
      const hold = holdOf(method, credential);
      if (hold === 'head' || hold === 'several') continue;
      const thing = { hold, method, credential };
      if (!things.some((one) => isSame(one, thing))) things.push(thing);
    }
  return things;
}

const holdOf = (method: LiveMethod, credential: Credential): Hold => credential.hangsOn ?? method.hangsOn;

type Held = Pick<Thing, 'credential'> & { readonly hold: Hold };

/** Of each there is one; but of devices and keys as many as were registered, for none is twice. */
const isSame = (one: Held, other: Held): boolean =>
  one.hold === other.hold && (!isOneOfMany(one.hold) || one.credential.id === other.credential.id);

const isOneOfMany = (hold: Hold): boolean => hold === 'device' || hold === 'key';

/** All that is not on it. */
const without = (owned: readonly Owned[], thing: Thing): readonly Owned[] =>
  owned.flatMap((method) => {
    const left = method.has.filter((credential) => !isSame({ hold: holdOf(method, credential), credential }, thing));
    return left.length === 0 ? [] : [asOwned(method, left)];
  });

function withOneMore(owned: readonly Owned[], method: LiveMethod): readonly Owned[] {
  const another = imaginedOne(0 as Instant);
  const mine = owned.find(({ id }) => id === method.id);
  return [...owned.filter((one) => one !== mine), asOwned(method, [...(mine?.has ?? []), another])];
}

/** What a person should know: the gravest loss, and what would do instead. Null: nothing of theirs is all that lets them in. */
export interface Hanging extends Loss {
  readonly remedy: LiveMethod | null;
}

export async function hangingOf(handle: Handle, gate: Gate, account: Account): Promise<Hanging | null> {
  const { policies } = await gate.policy(handle);
  const somebody = { account, owned: await ownedBy(handle, gate, account.id) };
  const losses = lossesOf(gate, policies, somebody);
  const [loss] = [...losses].sort((a, b) => a.shuts.localeCompare(b.shuts));
  return loss === undefined ? null : { ...loss, remedy: remedyOf(gate, policies, somebody, loss) };
}
