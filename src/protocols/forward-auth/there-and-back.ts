import { z } from 'zod';
import type { Purpose } from '../../core/attempts/store.ts';
import type { AskedLevel, Level } from '../../flow/assurance.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { wouldPass } from '../../proving/begin.ts';
import { metBy } from '../../proving/situation.ts';
import { addPass, takePass } from './passes.ts';
import { type Place, placeOf } from './place.ts';
import { purposeAt, standingAt } from './standing.ts';
import { isForPeople, placeIn, told } from './told.ts';

const secret = z.string().regex(/^[\w-]{43}$/);
const target = z.string().max(4000).startsWith('/');
/** More may be asked than the rules say, and never less: whoever writes another proves more than they need. */
const raised = z.enum(['1', '2', '3', '4']).optional();

interface Way {
  readonly back?: string;
  readonly level?: Level;
}

/**
 * From a site to us, with a secret in its browser whose hash comes along. Scripts are told where, people are sent.
 * @param way where at the site they come back to, and what is asked beyond its rules
 */
export function setOut({ gate, publicUrl }: House, asked: Asked, place: Place, { back, level }: Way = {}): Answer {
  const original = told(asked);
  const browser = asked.cookies.setOut ?? newSecret(gate.chance);
  const { site, method, target } = place;
  const to = back ?? backFrom(asked, place);
  const way = new URLSearchParams({ site: site.id, method, browser: hashOf(browser), for: target, to });
  if (level !== undefined) way.set('level', String(level));
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
        level: raised,
      }),
      async answer(asked) {
        const { query, session } = asked;
        const origin = sites.find(({ id }) => id === query.site)?.origin.origin ?? '';
        const place = placeIn(house, { url: origin + query.for, method: query.method });
        const level = Number(query.level ?? 0) as Level;
        const returnTo = `/hand-over?${new URLSearchParams(given(query))}`;
        const purpose = raisedTo(level, purposeAt(place, gate.clock.now(), returnTo));
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
        const { for: target, method, to } = query;
        const of = target === to && method === 'GET' ? {} : { for: target, method };
        const back = new URLSearchParams({ code, to, ...of, ...given({ level: query.level }) });
        return { is: 'redirect', to: `${origin}/.sallyport/callback?${back}` };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/.sallyport/callback',
      binding: 'proxy',
      query: z.strictObject({
        code: secret,
        to: target,
        for: target.optional(),
        method: z.string().default('GET'),
        level: raised,
      }),
      async answer(asked) {
        const { cookies, query } = asked;
        const { site } = placeIn(house, told(asked));
        const { origin } = site.origin;
        const back = placeIn(house, { url: origin + query.to, method: 'GET' });
        const place = placeIn(house, { url: origin + (query.for ?? query.to), method: query.method });
        const taken = { code: query.code, site: site.id, browser: cookies.setOut ?? '', instead: cookies.pass };
        const pass = await gate.database.transaction((tx) => takePass(tx, gate, taken));
        if (pass === null) throw new Problem('attempt-gone', 'no code of this browser');
        const standing = await standingAt(house, asked, place, pass);
        if (standing === null || standing.enough)
          return { is: 'redirect', to: origin + back.target, cookies: { pass } };
        // What was enough for us a moment ago is not for the site: it is reached from another network, where more is asked.
        // That is asked once; without it they would be sent to and fro without end.
        if (query.level !== undefined || standing.denied) throw new Problem('two-networks', asked.address);
        const again = setOut(house, asked, place, { back: query.to, level: standing.level });
        return { ...again, cookies: { ...again.cookies, pass } };
      },
    }),
  ];
}

const raisedTo = (level: Level, { ask, ...purpose }: Purpose): Purpose => ({
  ...purpose,
  ask: level > Number(ask.level ?? 0) ? { ...ask, level: level as AskedLevel } : ask,
});

/** Only what is there. */
const given = (query: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
