import { listEntries } from '../../core/audit/store.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { reportStranger } from '../../proving/acts.ts';
import { firstMethod } from '../../proving/gate.ts';
import { purposeOf } from '../../proving/purposes.ts';
import { noFields } from '../fields.ts';
import { activityPage, happenedIn, notMePage } from './activity.tsx';
import { sceneOf, signedIn, toldOf } from './scene.ts';
import { words } from './words.ts';

const home = '/account/activity';
/** As many as somebody looks through. */
const shown = 20;

/** What happened lately, and what to do when it was somebody else. */
export function activityRoutes(house: House): readonly Route[] {
  const { gate } = house;
  return [
    defineRoute({
      method: 'GET',
      path: home,
      binding: 'session',
      async answer(asked) {
        // Some events are nobody's business here: more are read than are shown.
        const entries = await listEntries(gate.database.read, signedIn(asked).account, shown * 3);
        const happened = happenedIn(entries, gate.methods, toldOf(house, asked)).slice(0, shown);
        return { is: 'page', page: activityPage(sceneOf(house, asked, home), happened) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/activity/not-me',
      binding: 'session',
      answer: async (asked) => ({ is: 'page', page: notMePage(sceneOf(house, asked, home)) }),
    }),
    defineRoute({
      method: 'POST',
      path: '/account/activity/not-me',
      binding: 'session',
      form: noFields,
      async answer(asked) {
        await reportStranger(gate, signedIn(asked), await visitOf(house, asked));
        const first = firstMethod(gate);
        const purpose = purposeOf(gate, {
          act: words[asked.language].acts.change(first.words[asked.language].name),
          wanted: first.id,
          afresh: true,
          returnTo: '/account/security',
          takesAway: false,
        });
        const sent = await sendToSignIn(house, { ...asked, session: null }, purpose);
        return { ...sent, cookies: { ...sent.cookies, session: null } };
      },
    }),
  ];
}
