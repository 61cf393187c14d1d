import { z } from 'zod';
import { frameOf, type House, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { askToRecover, recover, stopWaiting } from '../../proving/recovery.ts';
import { noFields } from '../fields.ts';
import { askPage, buttonPage, tellPage } from './pages.tsx';

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

/**
 * For whoever forgot their password. Looking at a link does nothing: programs that open every link of a mail get no
 * further than the button.
 */
export function recoveryRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const offered = () => {
    if (!gate.recovery.offered) throw new Problem('not-found', 'recovery is not offered');
  };

  /** Where a link of a mail leads: a page with one button, whatever the link is worth. */
  const linkPage = (path: string, which: 'begin' | 'stop'): Route =>
    defineRoute({
      method: 'GET',
      path,
      binding: 'none',
      params: token,
      answer: async (asked) => ({
        is: 'page',
        page: buttonPage(frameOf(house, asked, asked.path), which, asked.path),
      }),
    });

  return [
    defineRoute({
      method: 'GET',
      path: '/recover',
      binding: 'none',
      async answer(asked) {
        offered();
        return { is: 'page', page: askPage(frameOf(house, asked, '/recover')) };
      },
    }),
    // Nobody is known yet, so there is no cookie to tie a token to; that it comes from our own pages is checked.
    defineRoute({
      method: 'POST',
      path: '/recover',
      binding: 'none',
      form: z.strictObject({ username: z.string().trim().min(1).max(254) }),
      async answer(asked) {
        offered();
        await askToRecover(gate, { name: asked.form.username, language: asked.language }, await visitOf(house, asked));
        return { is: 'page', page: tellPage(frameOf(house, asked, '/recover'), 'sent') };
      },
    }),
    linkPage('/recover/:token', 'begin'),
    defineRoute({
      method: 'POST',
      path: '/recover/:token',
      binding: 'none',
      params: token,
      form: noFields,
      async answer(asked) {
        const begun = await recover(gate, asked.params.token, asked.cookies.attempt);
        if (begun === null)
          return { is: 'page', status: 410, page: tellPage(frameOf(house, asked, '/recover'), 'gone') };
        return { is: 'redirect', to: `/sign-in/${begun.id}`, cookies: { attempt: begun.browserSecret } };
      },
    }),
    linkPage('/recover/stop/:token', 'stop'),
    defineRoute({
      method: 'POST',
      path: '/recover/stop/:token',
      binding: 'none',
      params: token,
      form: noFields,
      async answer(asked) {
        const stopped = await stopWaiting(gate, asked.params.token, await visitOf(house, asked));
        const page = tellPage(frameOf(house, asked, '/recover'), stopped ? 'stopped' : 'gone');
        return { is: 'page', status: stopped ? 200 : 410, page };
      },
    }),
  ];
}
