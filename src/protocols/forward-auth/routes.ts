import { z } from 'zod';
import { type AskedLevel, acrOf } from '../../flow/assurance.ts';
import { calledOf, frameAtSite, type House, sendToSignIn, visitOf } from '../../house.ts';
import { withoutOurs } from '../../http/cookies.ts';
import type { Original } from '../../http/original.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { hashOf, newSecret } from '../../kernel/ids.ts';
import { wouldPass } from '../../proving/begin.ts';
import { isFromSite, mayBeParked } from './form.ts';
import { parkedPage } from './pages.tsx';
import { addParked, findParked, type Parked, removeParked, spendParked } from './parked.ts';
import { addPass, takePass } from './passes.ts';
import { type Place, placeOf } from './place.ts';
import { purposeAt, type Standing, standingAt } from './standing.ts';

const secret = z.string().regex(/^[\w-]{43}$/);
const parkedAt = '/.sallyport/parked';
const target = z.string().max(4000).startsWith('/');

/** A request to a site is asked about, its person sent to us and back: `docs/adr/0025`. */
export function forwardAuthRoutes(house: House): readonly Route[] {
  const { gate, sites, publicUrl } = house;

  const placeIn = (original: { url: string; method: string }): Place => {
    const place = placeOf(sites, original);
    if (place === null) throw new Problem('unknown-place', original.url.slice(0, 500));
    return place;
  };

  /** Through us and back; what a script asks for, or a form that is not parked, is not taken along. */
  function setOut(asked: Asked, original: Original, place: Place, parked: string | null = null): Answer {
    const browser = asked.cookies.setOut ?? newSecret(gate.chance);
    const { method } = place;
    const to = parked !== null ? parkedAt : method === 'GET' ? place.target : cameFrom(place, original);
    const way = new URLSearchParams({ site: place.site.id, method, browser: hashOf(browser), for: place.target, to });
    const stepUp = new URL(`/hand-over?${way}`, publicUrl).href;
    const cookies = { setOut: browser, ...(parked !== null && { parked }) };
    if (original.header('sec-fetch-mode') !== 'navigate' && !isPage(original))
      return { is: 'problem', code: 'step-up-required', more: { stepUp }, cookies };
    return { is: 'redirect', to: stepUp, cookies, ...(original.handsOn && { status: 302 }) };
  }

  /** Whether this request is one that waits to be sent, or was sent already. */
  async function parkedFor(asked: Asked, place: Place, { session }: Standing): Promise<Parked | null> {
    const token = asked.cookies.parked;
    if (token === undefined || place.method !== 'POST') return null;
    const parked = await findParked(gate.database.read, gate, { token, session: session.id, site: place.site.id });
    return parked?.target === place.target ? parked : null;
  }

  /** @returns the token for the cookie; null where it cannot wait: it is led through without what it would have sent */
  async function park(original: Original, place: Place, { session }: Standing): Promise<string | null> {
    if (!mayBeParked(original, place)) return null;
    const given = { session: session.id, site: place.site.id, target: place.target, body: original.body };
    return gate.database.transaction((tx) => addParked(tx, gate, given));
  }

  /** What was shown, once. After that the same again is a repeat, and anything else a form like any other. */
  async function sendOn(original: Original, place: Place, parked: Parked): Promise<Answer> {
    if (!isFromSite(original, place)) throw new Problem('csrf', 'not from a page of the site');
    const isAnother = parked.sent && original.body !== parked.body;
    const may = isAnother || (await gate.database.transaction((tx) => spendParked(tx, gate, parked, original.body)));
    if (!may) throw new Problem('not-as-shown', place.target);
    return { is: 'verdict', status: 200, headers: { 'x-accel-redirect': '@site' } };
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/forward-auth',
      binding: 'proxy',
      async answer(asked) {
        const original = told(asked);
        const place = placeIn(original);
        const standing = await standingAt(house, asked, place);
        if (standing?.enough && (original.sending || (await parkedFor(asked, place, standing)) === null))
          return { is: 'verdict', status: 200, headers: headersFor(standing, original) };
        // nginx would make an error of a redirect: it is told no, and comes again for what to say.
        return original.handsOn ? setOut(asked, original, place) : { is: 'verdict', status: 401, headers: {} };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/.sallyport/more',
      binding: 'proxy',
      async answer(asked) {
        const original = told(asked);
        const place = placeIn(original);
        const standing = await standingAt(house, asked, place);
        const waiting = standing?.enough ? await parkedFor(asked, place, standing) : null;
        if (waiting !== null) return sendOn(original, place, waiting);
        const parked = standing !== null && !standing.enough ? await park(original, place, standing) : null;
        return setOut(asked, original, place, parked);
      },
    }),
    defineRoute({
      method: 'GET',
      path: parkedAt,
      binding: 'proxy',
      async answer(asked) {
        const original = told(asked);
        const { site } = placeIn(original);
        const token = asked.cookies.parked ?? '';
        const here = await standingAt(house, asked, placeIn(original));
        const parked =
          here && (await findParked(gate.database.read, gate, { token, session: here.session.id, site: site.id }));
        if (!parked || parked.sent) {
          if (here !== null && !parked) await gate.database.transaction((tx) => removeParked(tx, token));
          throw new Problem('attempt-gone', 'nothing waits to be sent');
        }
        const place = placeIn({ url: site.origin.origin + parked.target, method: 'POST' });
        const standing = await standingAt(house, asked, place);
        if (!standing?.enough) return setOut(asked, original, place, token);
        // The site may look at where a form comes from: it comes from its own host.
        return { is: 'page', page: parkedPage(frameAtSite(house, asked), site.name, parked), referrer: 'same-origin' };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/.sallyport/assets/:file',
      binding: 'proxy',
      params: z.strictObject({ file: z.string().max(100) }),
      async answer({ params }) {
        const asset = house.assets.find(params.file);
        if (asset === null) throw new Problem('not-found', params.file);
        return { is: 'text', ...asset, keep: true };
      },
    }),
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
        const place = placeIn({ url: origin + query.for, method: query.method });
        const purpose = purposeAt(place, gate.clock.now(), `/hand-over?${new URLSearchParams(query)}`);
        const decision = await wouldPass(gate, session, purpose, await visitOf(house, asked));
        if (session === null || decision.step.screen !== 'done') return sendToSignIn(house, asked, purpose);
        const code = await gate.database.transaction((tx) =>
          addPass(tx, gate, {
            session: session.id,
            site: place.site.id,
            // A remembered device stands for the second factor that a policy asks for, and for no more.
            met: decision.excusedBy === null ? decision.facts.reached : 2,
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
        const { site } = placeIn(told(asked));
        const back = placeIn({ url: site.origin.origin + query.to, method: 'GET' });
        const given = { code: query.code, site: site.id, browser: cookies.setOut ?? '', instead: cookies.pass };
        const pass = await gate.database.transaction((tx) => takePass(tx, gate, given));
        if (pass === null) throw new Problem('attempt-gone', 'no code of this browser');
        return { is: 'redirect', to: site.origin.origin + back.target, cookies: { pass } };
      },
    }),
  ];
}

/** The route is bound to a proxy, so it has told. */
function told({ original }: Asked): Original {
  if (original === null) throw new Problem('bad-request', 'nothing is asked about');
  return original;
}

/** A browser that says nothing of what it wants it for, but that it reads pages. */
const isPage = (original: Original): boolean =>
  original.header('sec-fetch-mode') === '' && original.header('accept').includes('text/html');

/** The page of the site that a form or a script was on, as the browser tells; else its first. */
function cameFrom({ site }: Place, original: Original): string {
  const from = placeOf([site], { url: original.header('referer'), method: 'GET' });
  return from?.target ?? '/';
}

/** What the proxy tells the site of its visitor, in place of whatever the visitor said. */
const headersFor = ({ account, session }: Standing, { cookie }: Original): Readonly<Record<string, string>> => ({
  'remote-user': readable(account.username),
  'remote-name': readable(calledOf(account)),
  'remote-email': readable(account.email ?? ''),
  // One with a comma in it would be two.
  'remote-groups': account.groups
    .filter((group) => !group.includes(','))
    .map(readable)
    .join(','),
  'remote-acr': acrOf[session.level as AskedLevel],
  cookie: withoutOurs(cookie),
});

/** A field holds bytes: those of UTF-8, and none that would end it. */
const readable = (text: string): string => Buffer.from(text.replaceAll(/\p{Cc}/gu, ' ')).toString('latin1');
