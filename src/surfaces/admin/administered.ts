import { administrators } from '../../core/accounts/store.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Answer, Asked, Route } from '../../http/route.ts';
import { purposeOf } from '../../proving/acts.ts';
import { confirmed } from '../portal/admitted.ts';
import { ownerOf } from '../portal/scene.ts';
import { words } from './words.ts';

/**
 * The one guard of all that is done to others here: a member of the administrators, by two factors and the best they own,
 * of minutes ago. To everybody else there is nothing at these addresses.
 */
export const administered = (house: House, routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => ({
    ...route,
    async answer(asked) {
      const { groups, disabledAt } = await ownerOf(house, asked);
      if (!groups.includes(administrators) || disabledAt !== null) throw new Problem('not-found', 'no administrator');
      const proven = (level: 'owned' | 2, act: () => Promise<Answer>): Promise<Answer> =>
        confirmed(house, asked, purposeAt(house, asked, { route, level }), act);
      return proven('owned', () => proven(2, () => route.answer(asked)));
    },
  }));

/** Back to a page: what a form would have done is not done behind anybody's back. */
function purposeAt({ gate }: House, asked: Asked, { route, level }: { route: Route; level: 'owned' | 2 }) {
  const returnTo = route.method === 'GET' ? asked.path : '/admin/browser';
  const purpose = purposeOf(gate, { act: words[asked.language].act, wanted: null, returnTo, takesAway: false });
  return { ...purpose, ask: { ...purpose.ask, level } };
}
