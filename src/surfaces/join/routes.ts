import { z } from 'zod';
import { frameOf, type House, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { askToJoin, join, joiningBy } from '../../proving/joining.ts';
import { askPage, namePage, tellPage } from './pages.tsx';

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });
const path = '/join/:token';

/** For whoever has no account yet. Looking at a link does nothing: programs that open every link of a mail make no account. */
export function joinRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { offered, domains } = gate.joining;
  /** Nobody learns that there was such a page, and a link of before it was shut serves no more. */
  const whereOffered = () => {
    if (!offered) throw new Problem('not-found', 'nobody makes accounts for themselves here');
  };
  const told = (asked: Asked<unknown, unknown>, which: 'gone' | 'taken'): Answer => ({
    is: 'page',
    status: which === 'gone' ? 410 : 409,
    page: tellPage(frameOf(house, asked, '/join'), which),
  });

  return [
    defineRoute({
      method: 'GET',
      path: '/join',
      binding: 'none',
      async answer(asked) {
        whereOffered();
        return { is: 'page', page: askPage(frameOf(house, asked, '/join'), domains, null) };
      },
    }),
    // Nobody is known yet, so there is no cookie to tie a token to; that it comes from our own pages is checked.
    defineRoute({
      method: 'POST',
      path: '/join',
      binding: 'none',
      form: z.strictObject({ email: z.string().trim().min(1).max(254) }),
      async answer(asked) {
        whereOffered();
        const frame = frameOf(house, asked, '/join');
        const { email: typed } = asked.form;
        const came = await askToJoin(gate, typed, await visitOf(house, asked));
        if (came === 'sent') return { is: 'page', page: tellPage(frame, 'sent') };
        return { is: 'page', status: 422, page: askPage(frame, domains, { typed, because: came }) };
      },
    }),
    defineRoute({
      method: 'GET',
      path,
      binding: 'none',
      params: token,
      async answer(asked) {
        whereOffered();
        const email = await joiningBy(gate, asked.params.token);
        if (email === null) return told(asked, 'gone');
        return { is: 'page', page: namePage(frameOf(house, asked, asked.path), email, asked.path) };
      },
    }),
    defineRoute({
      method: 'POST',
      path,
      binding: 'none',
      params: token,
      form: z.strictObject({ name: z.string().trim().min(1).max(100) }),
      async answer(asked) {
        whereOffered();
        const { language, form } = asked;
        const visit = await visitOf(house, asked);
        const came = await join(gate, asked.params.token, { name: form.name, language, visit });
        return came.is === 'joined' ? { is: 'redirect', to: came.to } : told(asked, came.is);
      },
    }),
  ];
}
