import { z } from 'zod';
import { cookiesOf } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { identify } from '../../proving/begin.ts';
import { firstMethod } from '../../proving/gate.ts';
import { nothingMore } from '../../proving/owned.ts';
import { goOn, prove } from '../../proving/run.ts';
import { decide } from '../../proving/situation.ts';
import { byClient, defineCall, type IdentityHouse } from './call.ts';
import { Refused } from './errors.ts';
import { beginHeld, heldAfterPassword, heldBy, purposeFor, waysOf } from './held.ts';

/** As the sign-in page takes it. */
const name = z.string().trim().min(1).max(254);

/** A name and its password: nobody is signed in by it, but what is given out says for a minute that it was right. */
export const passwordLogin = defineCall({
  input: z.object({
    client_id: z.string(),
    email: name.optional(),
    custom_identifier: name.optional(),
    password: z.string().min(1).max(1024),
  }),
  who: byClient,
  async answer(house, called) {
    const { input } = called;
    const { gate } = house;
    const typed = input.email ?? input.custom_identifier;
    if (typed === undefined) throw new Refused('malformed', 'email or custom_identifier says who it is');
    const browser = called.asked.cookies.attempt ?? newSecret(gate.chance);
    const asked = { ...called.asked, cookies: { ...called.asked.cookies, attempt: browser } };
    const kept = asked.sender.isNear ? hashOf(browser) : null;
    const purpose = purposeFor(called, { ask: nothingMore, browser: kept, request: null });
    const secret = await beginHeld(house, called, { purpose, session: null });
    const method = firstMethod(gate).id;
    await identify(await heldBy(house, asked, secret), typed, method);
    const ran = await prove(await heldBy(house, asked, secret), method, { password: input.password });
    if (ran.is !== 'on') throw new Refused('wrong-password');
    const tkn = ran.passed.attemptSecret;
    const held = await heldBy(house, asked, tkn);
    const { step } = await decide(gate.database.read, held);
    const mfa_required = step.screen !== 'done' && (await waysOf(held)).length > 0;
    // From another site it is not kept.
    return { body: { tkn, mfa_required }, cookies: { attempt: browser } };
  },
});

/**
 * Their browser comes for the session, and goes on to the authorization request as anybody's. What opens nothing leaves
 * them at the sign-in page, asked for everything: never as whoever else is signed in here.
 */
export const comeForSession = (house: IdentityHouse): Route =>
  defineRoute({
    method: 'GET',
    path: '/identity/v1/oauth/authorize',
    binding: 'none',
    query: z.record(z.string(), z.string().max(4096)),
    async answer(asked) {
      const { tkn = '', ...request } = asked.query;
      const given = { tkn, application: request['client_id'] ?? '', origin: asked.sender.referrer };
      const held = await heldAfterPassword(house, asked, given).catch(orNobody);
      const ran = held === null ? null : await letIn(held);
      const passed = ran?.is === 'on' && ran.passed.sessionSecret !== null ? ran.passed : null;
      const on = new URLSearchParams(passed === null ? { ...request, prompt: 'login' } : request);
      return { is: 'redirect', to: `/oauth/authorize?${on}`, ...(passed && { cookies: cookiesOf(passed) }) };
    },
  });

const orNobody = (failure: unknown): null => {
  if (failure instanceof Refused) return null;
  throw failure;
};

/** Only where nothing more is asked: else it would be asked nowhere. */
async function letIn({ holds, ...turn }: Awaited<ReturnType<typeof heldAfterPassword>>) {
  const { step } = await decide(turn.gate.database.read, turn);
  return step.screen === 'done' ? goOn(turn) : null;
}
