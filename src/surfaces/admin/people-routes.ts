import { z } from 'zod';
import { filters, listPeople } from '../../core/accounts/people.ts';
import { listSeen } from '../../core/browsers/store.ts';
import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { noteReading } from '../../proving/reading.ts';
import { afterPerson } from '../fields.ts';
import { signedIn, toldOf } from '../portal/scene.ts';
import { whileTheyMay } from './download.tsx';
import { peoplePage } from './people.tsx';
import { peopleAsCsv } from './people-csv.ts';
import { deskOf } from './scene.ts';

const home = '/admin/people';

const listed = z.strictObject({
  q: z.string().trim().max(64).default(''),
  state: z.enum(filters).nullable().default(null),
});

/** Everybody, a page at a time; and all of them, taken along. */
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
        ...listed.shape,
        after: afterPerson,
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
    defineRoute({
      method: 'POST',
      path: home,
      act: 'look',
      binding: 'session',
      form: listed,
      async answer(asked) {
        const { q: search, state: filter } = asked.form;
        const { account: actor } = signedIn(asked);
        // Whom was searched for is not kept: it would stay when they are erased.
        const detail = { ...(filter !== null && { state: filter }), searched: search !== '' };
        const reading = { event: 'people.exported', account: null, detail } as const;
        await noteReading(gate, { actor, address: asked.address }, reading);
        const parts = whileTheyMay(house, asked, peopleAsCsv(gate, { search, filter }));
        return { is: 'download', name: 'sallyport-people.csv', type: 'text/csv; charset=utf-8; header=present', parts };
      },
    }),
  ];
}
