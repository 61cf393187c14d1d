import { type Account, findAccount } from '../../core/accounts/store.ts';
import { endOf, type Session } from '../../core/sessions/store.ts';
import { frameOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';
import { passkeyMethod } from '../../proving/gate.ts';
import type { Scene } from './pages.tsx';
import type { Told } from './ways.tsx';

/** What all of a person's pages share; how long the session still lasts is among it. */
export function sceneOf(house: House, asked: Asked, here: string): Scene {
  const { gate } = house;
  const now = gate.clock.now();
  const session = { ...signedIn(asked), seenAt: now };
  const end = endOf(session);
  // With all the time in the world left for looking, what still ends it is the other limit.
  const prolonged = endOf({ ...session, seenAt: end }) > end;
  return { frame: frameOf(house, asked, here), csrf: asked.csrf, ends: { within: end - now, prolonged } };
}

/** A page that lists somebody's ways in tells their browser too which passkeys are still good. */
export async function signalling(house: House, scene: Scene, { id, username }: Account): Promise<Scene> {
  const method = passkeyMethod(house.gate);
  if (method === undefined) return scene;
  const { body, script } = await method.passkey.signal(id, username);
  return { ...scene, frame: { ...scene.frame, script }, aside: body };
}

/** Whom a page tells things to, and when. */
export const toldOf = ({ gate }: House, { language }: Asked): Told => ({ language, now: gate.clock.now() });

/** The route is bound to a session, so there is one. */
export function signedIn({ session }: Pick<Asked, 'session'>): Session {
  if (session === null) throw new Problem('sign-in-required');
  return session;
}

/** Whose pages they are. */
export async function ownerOf({ gate }: House, asked: Pick<Asked, 'session'>): Promise<Account> {
  const account = await findAccount(gate.database.read, signedIn(asked).account);
  if (account === null) throw new Problem('sign-in-required', 'the account is gone');
  return account;
}
