import { type Account, findAccount } from '../../core/accounts/store.ts';
import type { Purpose } from '../../core/attempts/store.ts';
import { demandOf, rulingFor } from '../../core/policies/policy.ts';
import { findSeenSession, type Session } from '../../core/sessions/store.ts';
import type { Level } from '../../flow/assurance.ts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import type { Instant } from '../../kernel/clock.ts';
import { wouldPass } from '../../proving/begin.ts';
import { whoseRules } from '../../proving/owned.ts';
import { findPass } from './passes.ts';
import { askAt, type Place } from './place.ts';

/** Who stands before a site, and whether that is enough for where they are going. */
export interface Standing {
  readonly session: Session;
  readonly account: Account;
  readonly enough: boolean;
  /** What policy and rules ask of them here, as the site is reached. */
  readonly level: Level;
  /** They may not go there at all, whatever they prove. */
  readonly denied: boolean;
}

/**
 * Asked for every request: session, account and policy are looked at as they are now. What the policy asks may have been met
 * by a device that is remembered at our own host; what a rule of the site asks never is (`docs/adr/0025`).
 */
export async function standingAt(
  { gate }: House,
  asked: Asked,
  place: Place,
  secret = asked.cookies.pass,
): Promise<Standing | null> {
  const { read } = gate.database;
  const pass = secret === undefined ? null : await findPass(read, secret, place.site.id);
  if (pass === null) return null;
  const { policies, sessions } = await gate.policy(read);
  const session = await findSeenSession(gate, sessions, pass.session);
  const account = session === null ? null : await findAccount(read, session.account);
  if (session === null || account === null) return null;

  const { address, agent, language } = asked;
  const purpose = purposeAt(place, gate.clock.now(), '');
  const here = { application: place.site.id, address, ...whoseRules(account) };
  const { denied, level, by } = demandOf(rulingFor(policies, here).require, purpose.ask, pass.owned);
  const who = { session, account, level, denied };
  if (by === 'policy') return { ...who, enough: !denied && level <= pass.met };
  const visit = { address, agent, language, browser: null, session: session.id, choice: null, remembered: [] };
  const { step } = await wouldPass(gate, { session, purpose, visit });
  return { ...who, enough: step.screen === 'done' };
}

/** What somebody comes to us for who is on the way to a site. */
export const purposeAt = (place: Place, now: Instant, returnTo: string): Purpose => ({
  application: { id: place.site.id, name: place.site.name, origin: place.site.origin.origin },
  ask: askAt(place, now),
  wanted: null,
  act: null,
  returnTo,
});
