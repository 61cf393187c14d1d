import { z } from 'zod';
import { frameOf, type House, visitOf } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { stopTemporaryCode } from '../../proving/temporary-codes.ts';
import { noFields } from '../fields.ts';
import { pressPage, toldPage } from '../letter-pages.tsx';
import { words } from './words.ts';

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });
const path = '/temporary-code/stop/:token';

/** From the letter that tells somebody of a code: whoever did not ask for it stops it. Looking at it does nothing. */
export const stopCodeRoutes = (house: House): readonly Route[] => [
  defineRoute({
    method: 'GET',
    path,
    binding: 'none',
    params: token,
    answer: async (asked) => ({
      is: 'page',
      page: pressPage(frameOf(house, asked, asked.path), words[asked.language].stop, asked.path),
    }),
  }),
  // No form token, for there is no cookie: the link itself is what lets it happen.
  defineRoute({
    method: 'POST',
    path,
    binding: 'none',
    params: token,
    form: noFields,
    async answer(asked) {
      const isStopped = await stopTemporaryCode(house.gate, asked.params.token, await visitOf(house, asked));
      const say = words[asked.language][isStopped ? 'stopped' : 'gone'];
      const page = toldPage(frameOf(house, asked, '/sign-in'), say, { to: '/sign-in', kind: 'button' });
      return { is: 'page', status: isStopped ? 200 : 410, page };
    },
  }),
];
