import type { Purpose } from '../../core/attempts/store.ts';
import { may } from '../../core/roles/roles.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Answer, Asked, Route } from '../../http/route.ts';
import { accountPage, purposeOf } from '../../proving/purposes.ts';
import { confirmed } from '../portal/admitted.ts';
import { actorOf } from './scene.ts';
import { words } from './words.ts';

/**
 * The one guard of all that is seen of others, and done to them: whose role lets them, by two factors and the best they own.
 * What is done, or taken along, is asked for a proof of minutes ago, each act for its own where its route says that it changes
 * ways in, and here where it does not. To everybody else there is nothing at these addresses.
 */
export const administered = (house: House, routes: readonly Route[]): readonly Route[] => {
  const posts = routes.filter(({ method }) => method !== 'GET');
  const asking = new Set(posts.filter(({ changes }) => changes === undefined).map(({ path }) => path));
  return routes.map((route) => ({
    ...route,
    async answer(asked) {
      const actor = await actorOf(house, asked);
      if (!may(actor, route.act) || actor.disabledAt !== null)
        throw new Problem('not-found', `${actor.role} may not ${route.act}`);
      const { acts } = words[asked.language];
      const said = route.act === 'look' || route.act === 'name-people' ? acts[route.act] : acts.other;
      const purpose = onlyShows(route, asking) ? accountPage(asked.path) : purposeToAct(house, asked, said);
      const proven = (level: 'owned' | 2, act: () => Promise<Answer>): Promise<Answer> =>
        confirmed(house, asked, { ...purpose, ask: { ...purpose.ask, level } }, act);
      return proven('owned', () => proven(2, () => route.answer(asked)));
    },
  }));
};

/**
 * A page shows, and a draft is its author's own. The form of an act asks for the proof (`step-up/changing.ts`), or sends whoever
 * gave it back to a page that does.
 */
const onlyShows = ({ act, method, path }: Route, asking: ReadonlySet<string>): boolean =>
  act === 'draft-policy' || (act === 'look' && method === 'GET') || !asking.has(path);

/** Back to a page: what a form would have done is not done behind anybody's back. Its page is at the form's own address. */
const purposeToAct = ({ gate }: House, { path }: Asked, act: string): Purpose =>
  purposeOf(gate, { act, wanted: null, returnTo: path, takesAway: false });
