import { z } from 'zod';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { wouldPass } from '../../proving/begin.ts';
import { metBy } from '../../proving/situation.ts';
import { addPass, takePass } from './passes.ts';
import { type Place, placeOf } from './place.ts';
import { purposeAt } from './standing.ts';
import { isForPeople, placeIn, told } from './told.ts';

const secret = z.string().regex(/^[\w-]{43}$/);
const target = z.string().max(4000).startsWith('/');

/**
 * From a site to us, with a secret in its browser whose hash comes along. Scripts are told where, people are sent.
 * @param back where at the site they come back to
 */
export function setOut({ gate, publicUrl }: House, asked: Asked, place: Place, back = backFrom(asked, place)): Answer {
  const original = told(asked);
  const browser = asked.cookies.setOut ?? newSecret(gate.chance);
  const { site, method, target } = place;
  const way = new URLSearchParams({ site: site.id, method, browser: hashOf(browser), for: target, to: back });
  const stepUp = new URL(`/hand-over?${way}`, publicUrl).href;
  const cookies = { setOut: browser };
  if (!isForPeople(original)) return { is: 'problem', code: 'step-up-required', more: { stepUp }, cookies };
  return { is: 'redirect', to: stepUp, cookies, ...(original.handsOn && { status: 302 }) };
}

/** A page is gone to again; a form or a script was on one, as the browser tells, else on the site's first. */
function backFrom(asked: Asked, { site, method, target }: Place): string {
  if (method === 'GET') return target;
  return placeOf([site], { url: told(asked).header('referer'), method: 'GET' })?.target ?? '/';
}

/** Our end of the way, and the site's. */
export function wayRoutes(house: House): readonly Route[] {
  const { gate, sites } = house;

  return [
    defineRoute({
      method: 'GET',
      path: '/hand-over',
      binding: 'none',
      query: z.strictObject({
        site: z.string(),
        method: z.string(),
        browser: secret,
        for: target,
        to: target,
      }),
      async answer(asked) {
        const { query, session } = asked;
        const origin = sites.find(({ id }) => id === query.site)?.origin.origin ?? '';
        const place = placeIn(house, { url: origin + query.for, method: query.method });
        const purpose = purposeAt(place, gate.clock.now(), `/hand-over?${new URLSearchParams(query)}`);
        const decision = await wouldPass(gate, { session, purpose, visit: await visitOf(house, asked) });
        if (session === null || decision.step.screen !== 'done') return sendToSignIn(house, asked, purpose);
        const code = await gate.database.transaction((tx) =>
          addPass(tx, gate, {
            session: session.id,
            site: place.site.id,
            met: metBy(decision),
            owned: decision.facts.owned,
            browserHash: query.browser,
          }),
        );
        const back = new URLSearchParams({ code, to: query.to });
        return { is: 'redirect', to: `${origin}/.sallyport/callback?${back}` };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/.sallyport/callback',
      binding: 'proxy',
      query: z.strictObject({ code: secret, to: target }),
      async answer(asked) {
        const { cookies, query } = asked;
        const { site } = placeIn(house, told(asked));
        const back = placeIn(house, { url: site.origin.origin + query.to, method: 'GET' });
        const given = { code: query.code, site: site.id, browser: cookies.setOut ?? '', instead: cookies.pass };
        const pass = await gate.database.transaction((tx) => takePass(tx, gate, given));
        if (pass === null) throw new Problem('attempt-gone', 'no code of this browser');
        return { is: 'redirect', to: site.origin.origin + back.target, cookies: { pass } };
      },
    }),
  ];
}
