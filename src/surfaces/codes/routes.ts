import { z } from 'zod';
import { frameOf, type House, sendToSignIn } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { byWayOfCodes, findRunningOut } from '../../proving/codes-left.ts';
import { purposeOf } from '../../proving/purposes.ts';
import { signedIn } from '../portal/scene.ts';
import { enoughPage, fewPage } from './page.tsx';
import { words } from './words.ts';

/** A path of ours; whoever made up another place gets to their account. */
const onwards = z.strictObject({
  to: z
    .string()
    .regex(/^(\/[\w-]+)+$/)
    .catch('/account'),
});

/** Whoever signed in with one of their last codes is told so once, and goes on. */
export function codesRoutes(house: House): readonly Route[] {
  const { gate } = house;
  return [
    defineRoute({
      method: 'GET',
      path: '/codes',
      binding: 'session',
      query: onwards,
      async answer(asked) {
        const { to } = asked.query;
        const few = await findRunningOut(gate.database.read, gate, signedIn(asked).account);
        const frame = frameOf(house, asked, '/codes');
        const page = few === null ? enoughPage(frame, to) : fewPage(frame, { left: few.left, csrf: asked.csrf, to });
        return { is: 'page', page };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/codes',
      binding: 'session',
      changes: 'ways-in',
      form: onwards,
      async answer(asked) {
        const few = await findRunningOut(gate.database.read, gate, signedIn(asked).account);
        if (few === null) throw new Problem('not-found', 'there are enough codes');
        const { id, words: said } = few.method;
        const act = words[asked.language].act(said[asked.language].name);
        return sendToSignIn(
          house,
          asked,
          purposeOf(gate, { act, wanted: id, returnTo: byWayOfCodes(asked.form.to), takesAway: false }),
        );
      },
    }),
  ];
}
