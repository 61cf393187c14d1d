import { type Attempt, findSpoken, type Purpose, type Spoken } from '../../core/attempts/store.ts';
import { findBlock } from '../../core/throttle/store.ts';
import { askedBy, type Step } from '../../flow/table.ts';
import { beginFor, visitOf } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import { seconds, shift } from '../../kernel/clock.ts';
import { hashOf } from '../../kernel/ids.ts';
import type { Beginning } from '../../proving/begin.ts';
import { secondBudget } from '../../proving/budgets.ts';
import type { Turn } from '../../proving/gate.ts';
import { decide } from '../../proving/situation.ts';
import type { Asker, Called, IdentityHouse } from './call.ts';
import { ofRefusal, Refused } from './errors.ts';
import { type Kind, kindsIn } from './kinds.ts';

/** What an application holds of an attempt is its secret: `tkn`, then `step_up`, which is also the `challenge_id`. */
export type Held = Turn & { readonly attempt: Attempt & { readonly purpose: { readonly spoken: Spoken } } };

/** So long a password that was right may be gone on with. */
const tknLife = seconds(60);

/** Begins an attempt for an application's own pages. @returns what it holds of it */
export async function beginHeld(
  house: IdentityHouse,
  { asked }: Pick<Called, 'asked'>,
  given: Omit<Beginning, 'newcomerAt'>,
): Promise<string> {
  return (await beginFor(house, asked, given)).browserSecret;
}

/** The attempt that this opens, for one request in the browser that began it. @throws Refused */
export async function heldBy(house: IdentityHouse, asked: Asked, secret: string): Promise<Held> {
  const { gate } = house;
  const attempt = await findSpoken(gate.database.read, gate, secret);
  const browser = attempt?.purpose.spoken.browser ?? null;
  if (attempt === null || (browser !== null && hashOf(asked.cookies.attempt ?? '') !== browser))
    throw new Refused('token-over', 'no such token, or not here, or not any more');
  return { gate, attempt, secret, visit: await visitOf(house, asked), holds: true };
}

/** Somebody's step-up under way, and the request that is answered at its end. */
interface SteppingUp extends Asker {
  readonly held: Held;
  readonly request: Readonly<Record<string, string>>;
}

/** By what it holds of somebody's step-up, in a page of the origin that began it. @throws Refused */
export async function bySecret(house: IdentityHouse, asked: Asked, secret: string): Promise<SteppingUp> {
  const held = await heldBy(house, asked, secret);
  const { application, spoken } = held.attempt.purpose;
  if (spoken.request === null || spoken.origin !== asked.sender.origin || application === null)
    throw new Refused('token-over', 'no step-up of this page');
  return { application: application.id, held, request: spoken.request };
}

/**
 * Whoever has just given the right password: within a minute, for the application and in the page it was given in. Where
 * their browser keeps no cookie of ours, only where it says it comes from tells whose it is.
 * @param origin of the page; null: it does not say
 */
export async function heldAfterPassword(
  house: IdentityHouse,
  asked: Asked,
  { tkn, application, origin }: { tkn: string; application: string; origin: string | null },
): Promise<Held> {
  const held = await heldBy(house, asked, tkn);
  const { createdAt, purpose } = held.attempt;
  const { spoken } = purpose;
  const serves =
    spoken.request === null &&
    shift(createdAt, tknLife) > house.gate.clock.now() &&
    purpose.application?.id === application &&
    (origin === null ? spoken.browser !== null : origin === spoken.origin);
  if (!serves) throw new Refused('token-over', 'tkn serves once, for a minute, where it was given');
  return held;
}

/** What somebody is asked for in an application's own page. */
export const purposeFor = (
  { application, origin }: Pick<Called, 'application' | 'origin'>,
  rest: Pick<Purpose, 'ask'> & Pick<Spoken, 'browser' | 'request'>,
): Purpose => ({
  application: { id: application.id, name: application.name, origin },
  ask: rest.ask,
  wanted: null,
  act: null,
  returnTo: '/account',
  spoken: { origin, browser: rest.browser, request: rest.request },
});

/** The kinds of code that would lead this person on. @throws Refused where an application's page cannot lead on */
export async function waysOf(held: Held): Promise<readonly Kind[]> {
  const { step, facts } = await decide(held.gate.database.read, held);
  const open = [...facts.usable, ...facts.spare];
  if (step.screen === 'blocked') throw new Refused('too-many-guesses', '', await waitOf(held));
  const ways = leadsOn(step) ? kindsIn(held.gate).filter(({ method }) => open.includes(method)) : [];
  if (ways.length > 0) return ways;
  throw new Refused(step.screen === 'denied' ? 'denied' : 'elsewhere', 'only pages of ours can lead on');
}

const leadsOn = (step: Step): boolean =>
  step.screen === 'choose' || (step.screen === 'prove' && askedBy(step) !== null);

async function waitOf({ gate, attempt }: Held): Promise<number | null> {
  const now = gate.clock.now();
  const until = await findBlock(gate.database.read, secondBudget(attempt.account ?? '').key, now);
  return until === null ? null : until - now;
}

/** Why the last answer came to nothing, as its attempt tells. */
export function saidIn({ gate, attempt }: Held): Refused {
  const { said } = attempt.progress;
  const because = said?.because as keyof typeof ofRefusal | undefined;
  const as = (because === undefined ? undefined : ofRefusal[because]) ?? 'code-over';
  return new Refused(as, '', said?.until == null ? null : said.until - gate.clock.now());
}
