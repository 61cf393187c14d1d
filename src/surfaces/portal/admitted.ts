import type { Purpose } from '../../core/attempts/store.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import type { Answer, Asked, Route } from '../../http/route.ts';
import { wouldPass } from '../../proving/begin.ts';
import { accountPage } from '../../proving/purposes.ts';
import { signedIn } from './scene.ts';

/** Whoever may do no more than leave may always leave. */
const alwaysOpen = (path: string): boolean => path.startsWith('/account/sign-out');

/** Does it if the proofs are good and young enough for it; else sends the person to prove it, and back. */
export async function confirmed(
  house: House,
  asked: Asked,
  purpose: Purpose,
  act: () => Promise<Answer>,
): Promise<Answer> {
  const { step } = await wouldPass(house.gate, {
    session: signedIn(asked),
    purpose,
    visit: await visitOf(house, asked),
  });
  return step.screen === 'done' ? act() : sendToSignIn(house, asked, purpose);
}

/**
 * The account pages are asked for like an application: a session made where less was asked, or for somebody whom the
 * policy does not let in here, does not open them.
 */
export const admitted = (house: House, routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => {
    if (!route.path.startsWith('/account') || alwaysOpen(route.path)) return route;
    return {
      ...route,
      answer(asked) {
        const purpose = accountPage(route.method === 'GET' ? asked.path : '/account');
        return confirmed(house, asked, purpose, () => route.answer(asked));
      },
    };
  });
