import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { csrfField } from '../src/http/csrf.ts';
import { owner, tokenOn } from '../test/attacks/tools.ts';
import type { Browser } from '../test/support/browser.ts';
import type { Sallyport } from '../test/support/open.ts';
import { benchHouse } from './house.ts';
import { fill, onPostgres } from './people.ts';

const many = 1_000_000;
const few = 20_000;

/** How much more memory there was on the way than before, in MB. */
interface Grown {
  /** That was still held when what nobody holds was swept out. */
  readonly held: number;
  /** That the process had at its most, not swept out yet. */
  readonly resident: number;
}

/** The list of people as CSV, over a socket, read as fast as it comes. */
export interface Taken {
  readonly perSecond: number;
  readonly megabytes: number;
  /** With very many people, and with few. */
  readonly grown: { readonly many: Grown; readonly few: Grown };
}

export const takenOnSqlite = async (): Promise<Taken> => taken(await benchHouse(), await benchHouse());

export const takenOnPostgres = (): Promise<Taken> =>
  onPostgres(async (open) => taken(await open('many'), await open('few')));

/** Few first: what the process takes once and keeps is not counted to the many. */
async function taken(large: Sallyport, small: Sallyport): Promise<Taken> {
  await fill(small, few);
  await fill(large, many);
  const [takeFew, takeMany] = [await auditorOf(small), await auditorOf(large)];
  await takeFew();
  const short = await takeFew();
  const long = await takeMany();
  await small.close();
  await large.close();
  // A line that names the columns, and whoever takes them along.
  if (short.lines !== few + 2 || long.lines !== many + 2) throw new Error('not all were taken along');
  return {
    perSecond: long.lines / long.seconds,
    megabytes: long.bytes / 1e6,
    grown: { many: long.grown, few: short.grown },
  };
}

/** Somebody who may look, in front of the page; each call takes all of it along. */
async function auditorOf(sallyport: Sallyport) {
  const { home } = await owner(sallyport, 'auditor', { role: 'auditor' });
  await home.visit('/admin/people');
  await sallyport.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = sallyport.app.server.address() as AddressInfo;
  return () => take(home, port);
}

async function take(home: Browser, port: number) {
  let lines = 0;
  let bytes = 0;
  const before = { held: heldNow(), resident: process.memoryUsage.rss() };
  const most = { ...before };
  const start = performance.now();
  for await (const chunk of await answerTo(home, port)) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === newLine && ++lines % few === 0) most.held = Math.max(most.held, heldNow());
    most.resident = Math.max(most.resident, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - start) / 1000;
  const grown = { held: (most.held - before.held) / 1e6, resident: (most.resident - before.resident) / 1e6 };
  return { lines, bytes, seconds, grown };
}

setFlagsFromString('--expose-gc');
const sweepOut = runInNewContext('gc') as () => void;

/** What is held now, in bytes. */
function heldNow(): number {
  sweepOut();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const newLine = 10;

const answerTo = (home: Browser, port: number): Promise<AsyncIterable<Buffer>> =>
  new Promise((done, failed) => {
    const headers = {
      host: 'localhost:4000',
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      cookie: [...home.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    const asked = request({ port, host: '127.0.0.1', path: '/admin/people', method: 'POST', headers }, (answer) =>
      answer.statusCode === 200 ? done(answer) : failed(new Error(`answered ${answer.statusCode}`)),
    );
    asked.on('error', failed);
    asked.end(new URLSearchParams({ [csrfField]: tokenOn(home) }).toString());
  });
