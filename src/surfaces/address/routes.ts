import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import { frameOf, type House, visitOf } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Form } from '../../methods/method.ts';
import type { Stage } from '../../otp/confirming.ts';
import { bringBack, changeAddress, stageOf } from '../../proving/addresses.ts';
import type { Leave } from '../../proving/leave.ts';
import { methodFields, noFields } from '../fields.ts';
import { sceneOf, signedIn } from '../portal/scene.ts';
import { changing } from '../step-up/changing.ts';
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

  /** @param leave to name another address; a code that came there needs none */
  async function change(asked: Asked<unknown, unknown, Form>, leave: Leave | null): Promise<Answer> {
    const came = await changeAddress(gate, signedIn(asked), asked.form, { leave, visit: await visitOf(house, asked) });
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
        return page(asked, await stageOf(gate, signedIn(asked)), null);
      },
    }),
    defineRoute({
      method: 'POST',
      path: home,
      binding: 'session',
      changes: 'ways-in',
      form: methodFields,
      async answer(asked) {
        if (!gate.mails) return { is: 'redirect', to: home };
        const { address } = asked.form;
        // Only where to is asked a proof of minutes ago: what a code confirms was named after one.
        if (address === undefined) return change(asked, null);
        const act = words[asked.language].change.act(address);
        return changing(house, asked, { act, from: home, done: home, takesAway: false }, (leave) =>
          change(asked, leave),
        );
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
