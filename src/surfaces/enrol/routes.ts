import { z } from 'zod';
import { frameOf, type House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { beginEnrolment } from '../../proving/enrolment.ts';
import { noFields } from '../fields.ts';
import { pressPage, toldPage } from '../letter-pages.tsx';
import { words } from './words.ts';

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });
const path = '/enrol/:token';

/** Where a link leads that was handed to somebody: their password is asked, and then one way is set up. Looking does nothing. */
export const enrolRoutes = (house: House): readonly Route[] => [
  defineRoute({
    method: 'GET',
    path,
    binding: 'none',
    params: token,
    answer: async (asked) => ({
      is: 'page',
      page: pressPage(frameOf(house, asked, asked.path), words[asked.language].begin, asked.path),
    }),
  }),
  // No form token, for there is no cookie yet: all that a stranger's page could do is spend its own link.
  defineRoute({
    method: 'POST',
    path,
    binding: 'none',
    params: token,
    form: noFields,
    async answer(asked) {
      const begun = await beginEnrolment(house.gate, asked.params.token, asked.cookies.attempt);
      if (begun !== null)
        return { is: 'redirect', to: `/sign-in/${begun.id}`, cookies: { attempt: begun.browserSecret } };
      const frame = frameOf(house, asked, '/sign-in');
      const page = toldPage(frame, words[asked.language].gone, { to: '/sign-in', kind: 'button' });
      return { is: 'page', status: 410, page };
    },
  }),
];
