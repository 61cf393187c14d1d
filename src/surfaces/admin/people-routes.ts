import { z } from 'zod';
import { filters, listPeople } from '../../core/accounts/people.ts';
import { listSeen } from '../../core/browsers/store.ts';
import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { toldOf } from '../portal/scene.ts';
import { peoplePage } from './people.tsx';
import { deskOf } from './scene.ts';

const home = '/admin/people';

/** Everybody, and one person. */
export function peopleRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { read } = gate.database;

  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'look',
      binding: 'session',
      query: z.object({
        q: z.string().trim().max(64).default(''),
        state: z.enum(filters).nullable().default(null),
        // A word, and whose it is: the name of a page's end, and no secret.
        after: z
          .string()
          .max(1100)
          .regex(/^([0-9a-f]*(\.[\w-]{22})?)$/)
          .default(''),
      }),
      async answer(asked) {
        const { q: search, state: filter, after } = asked.query;
        const wanted = { search, filter, after };
        const { people, next } = await listPeople(read, wanted, gate.clock.now());
        const seen = await listSeen(
          read,
          people.map(({ id }) => id),
        );
        const desk = await deskOf(house, asked, home);
        return { is: 'page', page: peoplePage(desk, { wanted, people, seen, next }, toldOf(house, asked)) };
      },
    }),
  ];
}
