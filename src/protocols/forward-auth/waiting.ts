import { z } from 'zod';
import type { AccountId } from '../../core/accounts/store.ts';
import { addEntry } from '../../core/audit/store.ts';
import type { Site } from '../../core/sites/settings.ts';
import { frameAtSite, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Transaction } from '../../store/database.ts';
import { isFromSite, mayBeParked } from './form.ts';
import { parkedPage } from './pages.tsx';
import { addParked, findParked, type Parked, removeParked, spendParked } from './parked.ts';
import type { Place } from './place.ts';
import { type Standing, standingAt } from './standing.ts';
import { setOut } from './there-and-back.ts';
import { placeIn, told } from './told.ts';

const parkedAt = '/.sallyport/parked';

/** Through a proof, and back to the page that shows what waits. */
export function leadThrough(house: House, asked: Asked, place: Place, token: string): Answer {
  const answer = setOut(house, asked, place, { back: parkedAt });
  return { ...answer, cookies: { ...answer.cookies, parked: token } };
}

/** Whether this request is one that waits to be sent, or was sent already. */
export async function parkedFor(
  { gate }: House,
  asked: Asked,
  place: Place,
  { session }: Standing,
): Promise<Parked | null> {
  const token = asked.cookies.parked;
  if (token === undefined || place.method !== 'POST') return null;
  const parked = await findParked(gate.database.read, gate, { token, session: session.id, site: place.site.id });
  return parked?.target === place.target ? parked : null;
}

/** @returns the token for the cookie; null where it cannot wait: it is led through without what it would have sent */
export async function park({ gate }: House, asked: Asked, place: Place, { session }: Standing): Promise<string | null> {
  const original = told(asked);
  if (!mayBeParked(original, place)) return null;
  const given = { session: session.id, site: place.site.id, target: place.target, body: original.body };
  return gate.database.transaction((tx) => addParked(tx, gate, given));
}

/** What was shown, once. After that the same again is a repeat, and anything else a form like any other. */
export async function sendOn(
  { gate }: House,
  asked: Asked,
  place: Place,
  { parked, account }: { parked: Parked; account: AccountId },
): Promise<Answer> {
  const original = told(asked);
  if (!isFromSite(original, place)) throw new Problem('csrf', 'not from a page of the site');
  const isAnother = parked.sent && original.body !== parked.body;
  const spend = async (tx: Transaction) => {
    const spent = await spendParked(tx, gate, parked, original.body);
    const detail = { application: place.site.id };
    if (spent) await addEntry(tx, gate, { event: 'form.sent-on', account, address: asked.address, detail });
    return spent;
  };
  const may = isAnother || (await gate.database.transaction(spend));
  if (!may) throw new Problem('not-as-shown');
  return { is: 'verdict', status: 200, headers: { 'x-accel-redirect': '@site' } };
}

/** What waits for whoever comes. @throws Problem when nothing does; what waits for somebody else waits no longer */
async function waitingAt(house: House, asked: Asked): Promise<{ site: Site; parked: Parked }> {
  const { gate } = house;
  const here = placeIn(house, told(asked));
  const { site } = here;
  const standing = await standingAt(house, asked, here);
  const token = asked.cookies.parked;
  if (standing !== null && token !== undefined) {
    const parked = await findParked(gate.database.read, gate, { token, session: standing.session.id, site: site.id });
    if (parked === null) await gate.database.transaction((tx) => removeParked(tx, token));
    else if (!parked.sent) return { site, parked };
  }
  throw new Problem('attempt-gone', 'nothing waits to be sent');
}

/** At the site's own host: what waits, and what its page is drawn with. */
export function waitingRoutes(house: House): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: parkedAt,
      binding: 'proxy',
      async answer(asked) {
        const { site, parked } = await waitingAt(house, asked);
        const place = placeIn(house, { url: site.origin.origin + parked.target, method: 'POST' });
        const standing = await standingAt(house, asked, place);
        if (!standing?.enough) return leadThrough(house, asked, place, parked.token);
        // The site may look at where a form comes from: it comes from its own host.
        return { is: 'page', page: parkedPage(frameAtSite(house, asked), site.name, parked), referrer: 'same-origin' };
      },
    }),
    // By a link: whoever made somebody follow it has stopped what they could not have sent.
    defineRoute({
      method: 'GET',
      path: '/.sallyport/leave',
      binding: 'proxy',
      async answer({ cookies: { parked } }) {
        if (parked !== undefined) await house.gate.database.transaction((tx) => removeParked(tx, parked));
        return { is: 'redirect', to: '/', cookies: { parked: null } };
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
  ];
}
