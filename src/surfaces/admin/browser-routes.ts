import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import { calledOf, type House, visitOf } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { prepareBrowser } from '../../proving/browser-choice.ts';
import { ownerOf } from '../portal/scene.ts';
import { browserPage } from './browser.tsx';
import { deskOf } from './scene.ts';

const home = '/admin/browser';

/** Prepares this very browser for somebody, who goes on in it without a password (P-11). */
export function adminBrowserRoutes(house: House): readonly Route[] {
  const { gate } = house;

  /** @param refused the name that was typed, where that is not open to whoever has it */
  async function page(asked: Asked, refused: string | null): Promise<Answer> {
    const { choice } = await visitOf(house, asked);
    const owner = choice?.is === 'in' ? await findAccount(gate.database.read, choice.account) : null;
    const method = choice?.is === 'in' ? gate.methods.get(choice.method) : undefined;
    const kept = { owner: owner && calledOf(owner), method: method?.words[asked.language].name ?? null };
    const state = { ...kept, isOut: choice?.is === 'out' };
    return { is: 'page', page: browserPage(await deskOf(house, asked, home), state, refused) };
  }

  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'prepare-browser',
      binding: 'session',
      answer: (asked) => page(asked, null),
    }),
    defineRoute({
      method: 'POST',
      path: home,
      act: 'prepare-browser',
      binding: 'session',
      form: z.strictObject({
        say: z.enum(['in', 'out', 'clear']),
        username: z.string().trim().max(254).default(''),
      }),
      async answer(asked) {
        const { say, username } = asked.form;
        const administrator = await ownerOf(house, asked);
        const said = await prepareBrowser(gate, administrator, { say, username }, await visitOf(house, asked));
        return said === null ? page(asked, username) : { is: 'redirect', to: home, cookies: said };
      },
    }),
  ];
}
