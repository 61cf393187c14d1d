import { endOf, listSessions, type Session } from '../../core/sessions/store.ts';
import { type House, visitOf } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { signOut } from '../../proving/acts.ts';
import { mayChange, waysOf } from '../../proving/owned.ts';
import { noFields } from '../fields.ts';
import { notesFor } from './hanging.tsx';
import { overviewPage } from './overview.tsx';
import { sessionsPage } from './pages.tsx';
import { ownerOf, sceneOf, signalling, signedIn, toldOf } from './scene.ts';
import { seatsOf } from './seats.tsx';
import { sectionsOf } from './ways.tsx';

/** A person's own pages at a glance, and where they are in. */
export function portalRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { read } = gate.database;
  const seatedOf = async ({ account }: Session) =>
    listSessions(read, (await gate.policy(read)).sessions, account, gate.clock.now());

  return [
    defineRoute({
      method: 'GET',
      path: '/account',
      binding: 'session',
      async answer(asked) {
        const session = signedIn(asked);
        const account = await ownerOf(house, asked);
        const told = toldOf(house, asked);
        const owned = await waysOf(gate, account, asked.address);
        const seats = seatsOf(await seatedOf(session), session, told);
        const may = await mayChange(gate, account, asked.address);
        const ways = sectionsOf(owned, told, may).flatMap((section) => section.ways);
        const { notes } = await notesFor(house, asked, account, { owned, may });
        const scene = await signalling(house, sceneOf(house, asked, '/account'), account);
        return { is: 'page', page: overviewPage(scene, account, notes, { ways, seats }) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/sessions',
      binding: 'session',
      async answer(asked) {
        const current = signedIn(asked);
        const seats = seatsOf(await seatedOf(current), current, toldOf(house, asked));
        return { is: 'page', page: sessionsPage(sceneOf(house, asked, '/account/sessions'), seats) };
      },
    }),
    // For programs: is this browser signed in, how well, and until when. Looking is being seen.
    defineRoute({
      method: 'GET',
      path: '/session',
      binding: 'session',
      async answer(asked) {
        const session = signedIn(asked);
        return { is: 'json', body: { level: session.level, endsAt: endOf(session) } };
      },
    }),
    ...(['here', 'everywhere'] as const).map((where) =>
      defineRoute({
        method: 'POST',
        path: where === 'here' ? '/account/sign-out' : '/account/sign-out-everywhere',
        binding: 'session',
        form: noFields,
        async answer(asked) {
          await signOut(gate, signedIn(asked), where, await visitOf(house, asked));
          return { is: 'redirect', to: '/sign-in', cookies: { session: null, attempt: null } };
        },
      }),
    ),
  ];
}
