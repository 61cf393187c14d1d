import { z } from 'zod';
import { listOptIns, type OptInId } from '../../core/browsers/passwordless.ts';
import { may } from '../../core/roles/roles.ts';
import { type House, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { forgetOptIn, keepableFor, sayOfBrowser } from '../../proving/browser-choice.ts';
import { noFields, rowId } from '../fields.ts';
import { browserPage, keptIn } from './browser.tsx';
import { ownerOf, sceneOf, signedIn, toldOf } from './scene.ts';

const home = '/account/browser';

/** What this browser asks of its owner, and which others do without a password (P-10). */
export function browserRoutes(house: House): readonly Route[] {
  const { gate } = house;

  return [
    defineRoute({
      method: 'GET',
      path: home,
      binding: 'session',
      async answer(asked) {
        const account = await ownerOf(house, asked);
        const { choice } = await visitOf(house, asked);
        const optIns = await listOptIns(gate.database.read, account.id);
        const here = choice?.is === 'in' ? choice.id : null;
        const state = choice?.is === 'in' && choice.account !== account.id ? 'others' : (choice?.is ?? 'none');
        const can = (await keepableFor(gate, account, asked.address))?.words[asked.language].name ?? null;
        const kept = keptIn(optIns, here, toldOf(house, asked));
        const prepares = may(account, 'prepare-browser');
        return { is: 'page', page: browserPage(sceneOf(house, asked, home), { state, can, kept, prepares }) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: home,
      binding: 'session',
      form: z.strictObject({ say: z.enum(['in', 'out', 'clear']) }),
      async answer(asked) {
        const said = await sayOfBrowser(gate, await ownerOf(house, asked), asked.form.say, await visitOf(house, asked));
        return { is: 'redirect', to: home, ...(said !== null && { cookies: said }) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/browser/:optIn/forget',
      binding: 'session',
      params: z.strictObject({ optIn: rowId }),
      form: noFields,
      async answer(asked) {
        const visit = await visitOf(house, asked);
        if (!(await forgetOptIn(gate, signedIn(asked), asked.params.optIn as OptInId, visit)))
          throw new Problem('not-found', 'not theirs, or gone');
        return { is: 'redirect', to: home };
      },
    }),
  ];
}
