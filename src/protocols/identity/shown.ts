import { findSessionById, type Session } from '../../core/sessions/store.ts';
import type { Asked } from '../../http/route.ts';
import { minutes, shift } from '../../kernel/clock.ts';
import type { Shown } from '../oidc/shown.ts';
import type { IdentityHouse } from './call.ts';
import { Refused } from './errors.ts';

/** By the access token it shows, which says whose it is. @throws Refused */
export async function byToken({ oidc }: IdentityHouse, { sender }: Asked): Promise<Shown> {
  const shown = sender.token === null ? null : await oidc.show(sender.token);
  if (shown === null) throw new Refused('no-access-token', 'no access token that serves');
  return shown;
}

/** By one of minutes ago. @throws Refused */
export async function byFreshToken(house: IdentityHouse, asked: Asked): Promise<Shown> {
  const shown = await byToken(house, asked);
  if (shown.issuedAt < shift(house.gate.clock.now(), -minutes(5)))
    throw new Refused('not-enough', 'the access token is older than five minutes');
  return shown;
}

/** By one of minutes ago that is for changing ways in. @throws Refused */
export async function byMfaToken(house: IdentityHouse, asked: Asked): Promise<Shown> {
  const shown = await byFreshToken(house, asked);
  if (!shown.scopes.includes('mfa')) throw new Refused('not-in-scope', 'the access token is without the scope mfa');
  return shown;
}

/** The session that it was given in. @throws Refused */
export async function sessionOf({ gate }: IdentityHouse, shown: Shown): Promise<Session> {
  const { read } = gate.database;
  const session = await findSessionById(read, (await gate.policy(read)).sessions, shown.session, gate.clock.now());
  if (session === null) throw new Refused('no-access-token', 'its session has ended');
  return session;
}
