import { type AskedLevel, acrOf } from '../../flow/assurance.ts';
import { calledOf, type House } from '../../house.ts';
import { withoutOurs } from '../../http/cookies.ts';
import type { Original } from '../../http/original.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { type Standing, standingAt } from './standing.ts';
import { setOut, wayRoutes } from './there-and-back.ts';
import { placeIn, told } from './told.ts';
import { leadThrough, park, parkedFor, sendOn, waitingRoutes } from './waiting.ts';

/** A proxy asks about a request to a site: may it go on, and if not, what is to be said (`docs/adr/0025`, `0026`)? */
export function forwardAuthRoutes(house: House): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/forward-auth',
      binding: 'proxy',
      async answer(asked) {
        const original = told(asked);
        const place = placeIn(house, original);
        const standing = await standingAt(house, asked, place);
        if (standing?.enough && (original.sending || (await parkedFor(house, asked, place, standing)) === null))
          return { is: 'verdict', status: 200, headers: headersFor(standing, original) };
        // nginx would make an error of a redirect: it is told no, and comes again for what to say.
        return original.handsOn ? setOut(house, asked, place) : { is: 'verdict', status: 401, headers: {} };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/.sallyport/more',
      binding: 'proxy',
      async answer(asked) {
        const place = placeIn(house, told(asked));
        const standing = await standingAt(house, asked, place);
        if (standing === null) return setOut(house, asked, place);
        const waiting = standing.enough ? await parkedFor(house, asked, place, standing) : null;
        if (waiting !== null) return sendOn(house, asked, place, { parked: waiting, account: standing.account.id });
        const token = standing.enough ? null : await park(house, asked, place, standing);
        return token === null ? setOut(house, asked, place) : leadThrough(house, asked, place, token);
      },
    }),
    ...wayRoutes(house),
    ...waitingRoutes(house),
  ];
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
