import { z } from 'zod';
import { listNames } from '../../core/accounts/store.ts';
import { searchLog } from '../../core/audit/search.ts';
import { toldOf } from '../../core/audit/told.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { officeOfProgram } from '../../proving/office.ts';
import { noteReading } from '../../proving/reading.ts';
import { asking, meantBy, said } from '../admin/audit-asking.ts';
import { afterEntry } from '../fields.ts';
import { callerIn } from './caller.ts';

const size = 100;

/** As other programs are told of it (`docs/audit.md`). */
const entry = z.strictObject({
  number: z.int().nullable().describe('None while it waits to be sealed.'),
  id: z.string(),
  at: z.iso.datetime(),
  event: z.string(),
  level: z.string(),
  account: z.string().nullable().describe('Whom it is about.'),
  name: z.string().nullable().describe('The user name they have now.'),
  actor: z.string(),
  address: z.string(),
  detail: z.record(z.string(), z.unknown()).nullable().describe('None once it was erased.'),
  chain: z.string().describe('What the chain came to here.'),
});

/** The log, for programs that read it a page at a time: the newest first. */
export const auditRoutes = ({ gate }: House): readonly Route[] => [
  defineRoute({
    method: 'GET',
    path: '/api/v1/audit',
    binding: 'bearer',
    scope: 'audit:read',
    doc: {
      summary: 'The log, newest first, a hundred at a time.',
      answers: z.strictObject({
        entries: z.array(entry),
        next: z.string().nullable().describe('Where the next page begins; null at the end.'),
      }),
      refuses: ['not-found'],
    },
    query: asking.extend({
      after: afterEntry.describe('`next` of the page before.'),
    }),
    async answer(asked) {
      const { after, ...wanted } = asked.query;
      const { read } = gate.database;
      const meant = await meantBy(read, wanted);
      if (meant === null) throw new Problem('not-found', 'nobody of that name');
      const { kind, from, to } = meant.asked;
      const office = officeOfProgram(callerIn(asked), asked.address);
      const reading = { account: meant.search.person, detail: said({ kind, from, to }) };
      const event = reading.account === null ? 'log.exported' : 'log.read';
      await noteReading(gate, office, { event, ...reading });
      const { rows, next } = await searchLog(read, { ...meant.search, after }, size);
      const names = await listNames(
        read,
        rows.flatMap(({ account_id }) => account_id ?? []),
      );
      return { is: 'json', body: { entries: rows.map((row) => toldOf(row, names)), next } };
    },
  }),
];
