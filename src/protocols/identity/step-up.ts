import { z } from 'zod';
import type { Session } from '../../core/sessions/store.ts';
import { cookiesOf } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import { choose, goOnFor } from '../../proving/begin.ts';
import { nothingMore } from '../../proving/owned.ts';
import { prove, rememberField } from '../../proving/run.ts';
import { codeFor, mustBeAskable, requestIn } from './authorization.ts';
import { byClient, type Called, defineCall, type IdentityHouse } from './call.ts';
import { Refused } from './errors.ts';
import { beginHeld, bySecret, heldAfterPassword, heldBy, purposeFor, saidIn, waysOf } from './held.ts';
import { kindsIn } from './kinds.ts';
import { byFreshToken, sessionOf } from './shown.ts';

const secret = z.string().max(100);

type Starting = Called<{ readonly [parameter: string]: unknown; readonly tkn?: string | undefined }>;

/**
 * From where somebody already stands to what asks them for more: after their password, by an access token of minutes ago, or
 * by their session, whose cookie only a page of our own site brings along.
 */
export const stepUp = defineCall({
  input: z.looseObject({ client_id: z.string(), tkn: secret.optional() }),
  who: byClient,
  async answer(house, called) {
    const { asked, input } = called;
    if (input.tkn !== undefined && asked.sender.token !== null)
      throw new Refused('malformed', 'tkn or an access token, not both');
    const request = requestIn(input);
    await mustBeAskable(house, asked, request);
    const token = await (input.tkn === undefined
      ? fromSession(house, called, request)
      : fromPassword(house, called, input.tkn, request));
    const ways = await waysOf(await heldBy(house, asked, token));
    return { body: { token, amr: ways.map(({ name }) => name) } };
  },
});

/** The policy asked for more: that is what is asked now, once. */
async function fromPassword(house: IdentityHouse, called: Starting, tkn: string, request: Record<string, string>) {
  const { asked, application, origin } = called;
  const held = await heldAfterPassword(house, asked, { tkn, application: application.id, origin });
  const { browser } = held.attempt.purpose.spoken;
  const token = await goOnFor(held, purposeFor(called, { ask: nothingMore, browser, request }));
  if (token === null) throw new Refused('token-over', 'tkn serves once');
  return token;
}

/** Whatever they proved before, they prove two factors now. */
async function fromSession(house: IdentityHouse, called: Starting, request: Record<string, string>) {
  const { asked } = called;
  const here = asked.sender.isNear ? asked.session : null;
  const session = asked.sender.token === null ? here : await sessionBehind(house, called);
  if (session === null) throw new Refused('no-access-token', 'nobody is signed in, as far as comes along');
  const ask = { level: 2, notBefore: house.gate.clock.now(), withoutRecovery: false } as const;
  const purpose = purposeFor(called, { ask, browser: null, request });
  // Where its cookie does not come along, what it proved does.
  return beginHeld(house, called, {
    purpose,
    ...(session.id === here?.id ? { session } : { session: null, proven: session }),
  });
}

async function sessionBehind(house: IdentityHouse, { asked, application }: Starting): Promise<Session> {
  const shown = await byFreshToken(house, asked);
  if (shown.application !== application.id)
    throw new Refused('no-access-token', 'an access token of another application');
  return sessionOf(house, shown);
}

/** Another code, by the same way or another: as often as codes may be sent. */
export const passwordlessStart = defineCall({
  input: z.object({ auth_type: z.string().max(64), step_up: secret }),
  who: (house, asked, { step_up }) => bySecret(house, asked, step_up),
  async answer(house, { asked, input, who: { held } }) {
    const kind = (await waysOf(held)).find(({ name }) => name === input.auth_type);
    if (kind === undefined) throw new Refused('no-such-way', 'auth_type is none of amr');
    await choose(held, kind.method);
    const chosen = await heldBy(house, asked, held.secret);
    const ran = kind.sentTo === null ? null : await prove(chosen, kind.method, { send: 'again' });
    if (ran !== null && ran.is !== 'begun') throw await whyNot(house, asked, held.secret);
    return { body: { challenge_id: held.secret } };
  },
});

/** The code: the first right one lets its person through, and the application is given a code of its own. */
export const passwordlessVerify = defineCall({
  input: z.object({ challenge_id: secret, verification_code: z.string().max(64), trust_device: z.boolean().nullish() }),
  who: (house, asked, { challenge_id }) => bySecret(house, asked, challenge_id),
  async answer(house, { asked, input, who: { held, request } }) {
    const { holds, ...turn } = held;
    const kind = kindsIn(house.gate).find(({ method }) => method === turn.attempt.progress.chosen);
    if (kind === undefined) throw new Refused('code-over', 'no code was asked for');
    const remember = input.trust_device === true && { [rememberField]: 'yes' };
    const ran = await prove(turn, kind.method, { code: input.verification_code, ...remember });
    if (ran.is !== 'on') throw await whyNot(house, asked, held.secret);
    const { passed } = ran;
    if (passed.sessionSecret === null) throw new Refused('elsewhere', 'more is asked, by pages of ours');
    return { body: await codeFor(house, asked, request, passed.sessionSecret), cookies: cookiesOf(passed) };
  },
});

/** Nothing is asked there now, or it was not right. */
async function whyNot(house: IdentityHouse, asked: Asked, token: string): Promise<Refused> {
  const held = await heldBy(house, asked, token);
  await waysOf(held);
  return saidIn(held);
}
