import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import { frameOf, type House, visitOf } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Form } from '../../methods/method.ts';
import type { Stage } from '../../otp/confirming.ts';
import { purposeOf } from '../../proving/acts.ts';
import { bringBack, changeAddress, stageOf } from '../../proving/addresses.ts';
import { methodFields, noFields } from '../fields.ts';
import { confirmed } from '../portal/admitted.ts';
import { sceneOf, signedIn } from '../portal/scene.ts';
import { changePage, type Hitch, noMailPage, undonePage, undoPage } from './pages.tsx';
import { words } from './words.ts';

const home = '/account/address';

/** Another address for one's mail. */
export function addressRoutes(house: House): readonly Route[] {
  const { gate } = house;

  async function page(asked: Asked, stage: Stage, hitch: Hitch | null): Promise<Answer> {
    const account = await findAccount(gate.database.read, signedIn(asked).account);
    return { is: 'page', page: changePage(sceneOf(house, asked, home), account?.email ?? null, stage, hitch) };
  }

  /** Does it after a proof of minutes ago; else sends the person to prove it, and back here. */
  async function proven(asked: Asked, act: () => Promise<Answer>): Promise<Answer> {
    const { act: what } = words[asked.language].change;
    const purpose = purposeOf(gate, { act: what, wanted: null, returnTo: home, takesAway: false });
    return confirmed(house, asked, purpose, act);
  }

  async function change(asked: Asked<unknown, unknown, Form>): Promise<Answer> {
    const came = await changeAddress(gate, signedIn(asked), asked.form, await visitOf(house, asked));
    if (came.is === 'again') return page(asked, came.stage, came);
    return { is: 'redirect', to: came.is === 'changed' ? '/account' : home };
  }

  return [
    defineRoute({
      method: 'GET',
      path: home,
      binding: 'session',
      async answer(asked) {
        if (!gate.mails) return { is: 'page', page: noMailPage(sceneOf(house, asked, home)) };
        return proven(asked, async () => page(asked, await stageOf(gate, signedIn(asked)), null));
      },
    }),
    defineRoute({
      method: 'POST',
      path: home,
      binding: 'session',
      form: methodFields,
      async answer(asked) {
        if (!gate.mails) return { is: 'redirect', to: home };
        const { send, elsewhere, code } = asked.form;
        // Only where to is asked a proof of minutes ago: what a code confirms was named after one.
        if (send === undefined && elsewhere === undefined) return change({ ...asked, form: { code: code ?? '' } });
        return proven(asked, () => change(asked));
      },
    }),
  ];
}

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

/** The way back, from the letter to the address before. Looking at it does nothing. */
export function undoRoutes(house: House): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/address/undo/:token',
      binding: 'none',
      params: token,
      answer: async (asked) => ({ is: 'page', page: undoPage(frameOf(house, asked, asked.path), asked.path) }),
    }),
    // No form token, for there is no cookie: the link itself is what lets it happen.
    defineRoute({
      method: 'POST',
      path: '/address/undo/:token',
      binding: 'none',
      params: token,
      form: noFields,
      async answer(asked) {
        const came = await bringBack(house.gate, asked.params.token, await visitOf(house, asked));
        const page = undonePage(frameOf(house, asked, '/sign-in'), came);
        return { is: 'page', status: came === 'back' ? 200 : 410, page };
      },
    }),
  ];
}
