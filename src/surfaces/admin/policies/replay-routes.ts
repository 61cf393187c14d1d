import { type Account, findAccount } from '../../../core/accounts/store.ts';
import { findDraft, readText } from '../../../core/policies/drafts.ts';
import type { House } from '../../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../../http/route.ts';
import { noteReading } from '../../../proving/reading.ts';
import { type Replayed, replay } from '../../../proving/replay.ts';
import { noFields } from '../../fields.ts';
import { signedIn, toldOf } from '../../portal/scene.ts';
import { deskOf } from '../scene.ts';
import { draftHome } from './draft.tsx';
import { home } from './page.tsx';
import { replayPage } from './replay.tsx';

/** The last days under somebody's draft. Whose sign-ins they are is told to those who look after people, and written down (D34). */
export function replayRoutes(house: House): readonly Route[] {
  const { gate, nameable } = house;
  const { read } = gate.database;
  const route = { path: `${draftHome}/replay`, binding: 'session' } as const;

  /** Null where there is no draft that can be read: its own page says why. */
  async function replayed(asked: Asked): Promise<Replayed | null> {
    const draft = await findDraft(read, signedIn(asked).account);
    const found = draft === null ? null : readText(draft.document, nameable);
    if (found?.is !== 'good') return null;
    return replay(gate, { before: await gate.policy(read), after: found.config });
  }

  async function page(asked: Asked, found: Replayed | null, names: readonly Account[] | null): Promise<Answer> {
    if (found === null) return { is: 'redirect', to: draftHome };
    const desk = await deskOf(house, asked, home);
    return { is: 'page', page: replayPage(desk, found, names, toldOf(house, asked)) };
  }

  return [
    defineRoute({
      ...route,
      method: 'GET',
      act: 'draft-policy',
      answer: async (asked) => page(asked, await replayed(asked), null),
    }),
    defineRoute({
      ...route,
      method: 'POST',
      act: 'name-people',
      form: noFields,
      async answer(asked) {
        const found = await replayed(asked);
        const names: Account[] = [];
        for (const id of found?.out ?? []) {
          const account = await findAccount(read, id);
          if (account !== null) names.push(account);
        }
        // Before anybody sees them.
        const office = { actor: signedIn(asked).account, address: asked.address };
        const reading = { event: 'policy.names-shown', account: null, detail: { people: names.length } } as const;
        await noteReading(gate, office, reading);
        return page(asked, found, names);
      },
    }),
  ];
}
