import { z } from 'zod';
import { listNames } from '../../core/accounts/store.ts';
import { lastCheckpoint, readHead } from '../../core/audit/chain.ts';
import { searchLog } from '../../core/audit/search.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, defineRoute, type Route } from '../../http/route.ts';
import { noteReading, type Reading } from '../../proving/reading.ts';
import { afterEntry } from '../fields.ts';
import { signedIn, toldOf } from '../portal/scene.ts';
import { auditPage, type Shown } from './audit.tsx';
import { type Asking, asking, type Meant, meantBy, said } from './audit-asking.ts';
import { logAsLines } from './audit-lines.ts';
import { whileTheyMay } from './download.tsx';
import { deskOf } from './scene.ts';

const home = '/admin/audit';
/** As many as somebody looks through. */
const size = 50;

/** All that happened: read a page at a time, and taken along whole. Both are written down first. */
export function auditRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { read } = gate.database;

  const readingOf = (event: Reading['event'], { asked: { kind, from, to }, search }: Meant): Reading => ({
    event,
    account: search.person,
    detail: said({ kind, from, to }),
  });

  /** A page of them, and what it takes to tell of them. */
  async function entriesFor(meant: Meant, after: string): Promise<Shown> {
    const found = await searchLog(read, { ...meant.search, after }, size);
    const ids = found.rows.flatMap(({ account_id, actor }) => [account_id ?? actor, actor]);
    const chain = { head: await readHead(read), checkpoint: await lastCheckpoint(read) };
    return { ...found, after, meant, chain, names: await listNames(read, ids), methods: gate.methods };
  }

  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'look',
      binding: 'session',
      query: z.object({
        ...asking.shape,
        after: afterEntry,
      }),
      async answer(request): Promise<Answer> {
        const { after, ...asked } = request.query;
        const desk = await deskOf(house, request, home);
        const meant = await meantBy(read, asked);
        const told = toldOf(house, request);
        if (meant === null) return { is: 'page', page: auditPage(desk, { asked, found: null }, told) };
        await noteReading(gate, { actor: desk.id, address: request.address }, readingOf('log.read', meant));
        const found = await entriesFor(meant, after);
        return { is: 'page', page: auditPage(desk, { asked: shownFor(meant), found }, told) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: home,
      act: 'look',
      binding: 'session',
      form: asking,
      async answer(request): Promise<Answer> {
        const meant = await meantBy(read, request.form);
        if (meant === null) throw new Problem('not-found', 'nobody of that name');
        const { account: actor } = signedIn(request);
        await noteReading(gate, { actor, address: request.address }, readingOf('log.exported', meant));
        const parts = whileTheyMay(house, request, logAsLines(read, meant.search));
        return { is: 'download', name: 'sallyport-log.jsonl', type: 'application/jsonl; charset=utf-8', parts };
      },
    }),
  ];
}

/** In the field somebody stands by their name. */
const shownFor = ({ asked, person }: Meant): Asking => ({ ...asked, person: person?.username ?? asked.person });
