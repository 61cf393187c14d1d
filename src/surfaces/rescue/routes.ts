import { z } from 'zod';
import { calledOf, frameOf, type House } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { type Opened, offered, openLink, setUpWith, takeHere } from '../../proving/with-link.ts';
import { methodFields, noFields } from '../fields.ts';
import { introPage, setUpPage, tellPage } from './pages.tsx';

const token = z.strictObject({ token: z.string().regex(/^[\w-]{43}$/) });

type WithToken = Asked<{ token: string }>;

/**
 * Where a link leads that was made on the host. Looking at it does nothing; the button binds it to the browser; what it
 * sets up uses it up. It signs nobody in.
 */
export function rescueRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const frame = (asked: WithToken) => frameOf(house, asked, `/set-up/${asked.params.token}`);
  const gone = (asked: WithToken): Answer => ({ is: 'page', status: 410, page: tellPage(frame(asked), 'gone') });
  const now = ({ params }: WithToken) => `/set-up/${params.token}/now`;

  const form = async (asked: WithToken, opened: Opened, wrong: string | null): Promise<Answer> => ({
    is: 'page',
    page: setUpPage(frame(asked), { to: now(asked), csrf: asked.csrf, view: await offered(gate, opened), wrong }),
  });
  const opened = (asked: WithToken) => openLink(gate, asked.params.token, asked.cookies.attempt);

  return [
    defineRoute({
      method: 'GET',
      path: '/set-up/:token',
      binding: 'none',
      params: token,
      async answer(asked) {
        const found = await opened(asked);
        if (found === null) return gone(asked);
        const to = `/set-up/${asked.params.token}`;
        const method = found.method.words[asked.language].name;
        return { is: 'page', page: introPage(frame(asked), { to, method, name: calledOf(found.account) }) };
      },
    }),
    // No form token yet, for there is no cookie: all that a stranger's page could do here is spend its own link.
    defineRoute({
      method: 'POST',
      path: '/set-up/:token',
      binding: 'none',
      params: token,
      form: noFields,
      async answer(asked) {
        const found = await opened(asked);
        const secret = found === null ? null : await takeHere(gate, found, asked.cookies.attempt);
        return secret === null ? gone(asked) : { is: 'redirect', to: now(asked), cookies: { attempt: secret } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/set-up/:token/now',
      binding: 'attempt',
      params: token,
      async answer(asked) {
        const found = await opened(asked);
        return found?.link.taken === true ? form(asked, found, null) : gone(asked);
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/set-up/:token/now',
      binding: 'attempt',
      params: token,
      form: methodFields,
      async answer(asked) {
        const found = await opened(asked);
        if (found?.link.taken !== true) return gone(asked);
        const came = await setUpWith(gate, found, asked.form, asked);
        if (came.is === 'gone') return gone(asked);
        if (came.is === 'done') return { is: 'page', page: tellPage(frame(asked), 'done') };
        return form(asked, found, found.method.words[asked.language].refused[came.because]?.(0) ?? null);
      },
    }),
  ];
}
