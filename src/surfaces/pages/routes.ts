import { z } from 'zod';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { languages } from '../../ui/language.ts';

/** A path of ours: it starts with one slash and holds nothing that a browser might read as another host. */
const ownPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[\w/?=&.%-]*$/);

/** What belongs to no surface: the front door, the files a browser loads, the choice of language. */
export function pageRoutes({ assets }: House): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/',
      binding: 'none',
      answer: async () => ({ is: 'redirect', to: '/account' }),
    }),
    defineRoute({
      method: 'GET',
      path: '/assets/:file',
      binding: 'none',
      params: z.strictObject({ file: z.string().max(100) }),
      async answer({ params }) {
        const asset = assets.find(params.file);
        if (asset === null) throw new Problem('not-found', params.file);
        return { is: 'text', ...asset, keep: true };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/language/:language',
      binding: 'none',
      params: z.strictObject({ language: z.enum(languages) }),
      query: z.strictObject({ from: ownPath.default('/sign-in') }),
      answer: async ({ params, query }) => ({ is: 'redirect', to: query.from, cookies: { language: params.language } }),
    }),
  ];
}
