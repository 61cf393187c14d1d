import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test } from 'vitest';
import { addAccount } from '../../src/core/accounts/store.ts';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { auditSettings } from '../../src/core/audit/streams/settings.ts';
import { openStreams } from '../../src/core/audit/streams/tell.ts';
import { minutes, seconds, systemClock } from '../../src/kernel/clock.ts';
import type { Means } from '../../src/store/means.ts';
import { account, type Opened, onBoth } from '../contracts/stores.ts';
import { makeAuthority } from '../support/authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-streams-'));
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
};

/** Something happens to Ann, and is sealed. */
async function happens({ means, write, clock }: Opened, ...numbers: readonly number[]): Promise<void> {
  for (const n of numbers) {
    // Of what happened in one millisecond nobody knows the order.
    clock.pass(1);
    await write((tx) =>
      addEntry(tx, means, {
        event: 'proof.refused',
        account: null,
        address: '192.0.2.7',
        detail: { n, who: 'Jürgen' },
      }),
    );
  }
  while ((await sealEntries(means)) > 0);
}

/** One stream; its log's lines are kept. */
async function stream(means: Means, settings: Record<string, unknown>) {
  const { streams } = auditSettings.parse({ streams: [{ name: 'watch', ...settings }] });
  const lines: string[] = [];
  const line = (about: object) => lines.push(JSON.stringify(about));
  const round = openStreams(means, streams, { info: line, warn: line, error: line });
  await round();
  return { round, lines };
}

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Took {
  readonly n: number;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Takes what is sent, or what the test says. */
async function webhook(answer: (n: number) => number = () => 204) {
  const took: Took[] = [];
  const server = createHttp(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { n } = (JSON.parse(body) as { data: { detail: { n: number } } }).data.detail;
    const status = answer(n);
    took.push({ n, status, headers: request.headers as Record<string, string>, body });
    response.writeHead(status).end();
  });
  const port = await listening(server);
  return { took, settings: { to: 'webhook', url: `http://127.0.0.1:${port}/log`, secret } };
}

onBoth('the log is told', (open) => {
  test('by webhook, each entry once and in order, signed as receivers’ libraries ask', async () => {
    const log = await open();
    await happens(log, 0);
    // The library of the receivers asks for the time of today.
    log.clock.pass(systemClock.now() - log.clock.now());
    const { took, settings } = await webhook();
    const { round } = await stream(log.means, settings);
    await happens(log, 1, 2, 3, 4, 5, 6, 7);
    await round();
    await round();
    for (const { headers, body } of took) expect(new Webhook(secret).verify(body, headers)).toBeDefined();
    const [{ headers = {}, body = '' } = {}] = took;
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow();
    expect(took.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(took.map((one) => one.headers['webhook-id'])).size).toBe(7);
  });

  test('again, later and later, from what was not taken; nothing behind it goes before', async () => {
    const log = await open();
    let isUp = false;
    const { took, settings } = await webhook((n) => (n === 2 && !isUp ? 503 : 200));
    const { round, lines } = await stream(log.means, settings);
    await happens(log, 1, 2, 3);
    await round();
    expect(took.map(({ n, status }) => [n, status])).toEqual([
      [1, 200],
      [2, 503],
    ]);
    expect(lines).toEqual([expect.stringContaining('"why":"503"')]);
    for (const wait of [seconds(1), seconds(10), minutes(1), minutes(5), minutes(5)]) {
      const before = took.length;
      log.clock.pass(wait - 1);
      await round();
      expect(took).toHaveLength(before);
      log.clock.pass(1);
      await round();
      expect(took.length).toBeGreaterThan(before);
    }
    isUp = true;
    log.clock.pass(minutes(5));
    await round();
    expect(took.slice(-2).map(({ n, status }) => [n, status])).toEqual([
      [2, 200],
      [3, 200],
    ]);
  });

  test('by one process at a time, and by another when that is gone', async () => {
    const log = await open();
    const { took, settings } = await webhook();
    const { round } = await stream(log.means, settings);
    const other = await stream(log.means, settings);
    await happens(log, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    await Promise.all([round(), other.round()]);
    await round();
    expect(took.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('to a file, one JSON a line; whoever moves the file away gets a new one', async () => {
    const log = await open();
    const ann = account(log.means, 'ann');
    await log.write((tx) => addAccount(tx, ann));
    const path = join(mkdtempSync(join(folder, 'file-')), 'audit.jsonl');
    const { round } = await stream(log.means, { to: 'file', path });
    await log.write((tx) =>
      addEntry(tx, log.means, { event: 'session.ended', account: ann.id, address: '::1', detail: { where: 'here' } }),
    );
    await happens(log, 1);
    await round();
    const linesIn = (file: string) =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(linesIn(path)).toMatchObject([
      { number: 1, event: 'session.ended', level: 'info', account: ann.id, name: 'ann', detail: { where: 'here' } },
      { number: 2, event: 'proof.refused', level: 'notice', account: null, name: null, address: '192.0.2.7' },
    ]);
    renameSync(path, `${path}.1`);
    await happens(log, 2);
    await round();
    expect(linesIn(path)).toMatchObject([{ number: 3 }]);
  });
});

onBoth('the log is told by syslog', (open) => {
  const authority = makeAuthority();
  const readAll = (heard: string[]) => (socket: Socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('end', () => heard.push(text));
  };

  test.each(['tcp', 'tls'] as const)(
    'by %s: octets are counted, and told again where nobody listened',
    async (transport) => {
      const log = await open();
      const heard: string[] = [];
      const listener = () =>
        transport === 'tcp' ? createTcp(readAll(heard)) : createTls(authority.pem, readAll(heard));
      const server = listener();
      const port = await listening(server);
      const { round, lines } = await stream(log.means, {
        to: 'syslog',
        host: '127.0.0.1',
        port,
        transport,
        ...(transport === 'tls' && { ca: authority.ca }),
      });
      await happens(log, 1, 2);
      await round();
      const [first = '', second = ''] = messagesIn(heard.join(''));
      expect(first).toMatch(
        /^<85>1 \d{4}-\d\d-\d\dT[\d:.]+Z localhost sallyport - proof\.refused - \{"number":1,.*"who":"J\\u00fcrgen"/,
      );
      expect(second).toContain('"number":2');
      server.close();
      await happens(log, 3);
      await round();
      expect(lines).toEqual([expect.stringContaining('ECONNREFUSED')]);
      const again = listener();
      again.listen(port, '127.0.0.1');
      await once(again, 'listening');
      closing.push(() => again.close());
      log.clock.pass(seconds(1));
      await round();
      expect(messagesIn(heard.at(-1) ?? '')).toEqual([expect.stringContaining('"number":3')]);
    },
  );

  test('by tls: somebody else’s certificate gets nothing', async () => {
    const log = await open();
    const heard: string[] = [];
    const port = await listening(createTls(authority.pem, readAll(heard)));
    const { round, lines } = await stream(log.means, { to: 'syslog', host: '127.0.0.1', port });
    await happens(log, 1);
    await round();
    expect([heard.join(''), lines.length]).toEqual(['', 1]);
  });

  test('by udp: a datagram each', async () => {
    const log = await open();
    const heard: string[] = [];
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    closing.push(() => socket.close());
    const { port } = socket.address();
    const { round } = await stream(log.means, {
      to: 'syslog',
      host: '127.0.0.1',
      port,
      transport: 'udp',
      facility: 13,
    });
    await happens(log, 1);
    const arrived = once(socket, 'message');
    await round();
    heard.push(String((await arrived)[0]));
    expect(heard).toEqual([expect.stringMatching(/^<109>1 .*"number":1/)]);
  });
});

/** Split by the counts before them. */
function messagesIn(text: string): readonly string[] {
  const [, count] = /^(\d+) /.exec(text) ?? [];
  if (count === undefined) return [];
  const begin = count.length + 1;
  const bytes = Buffer.from(text);
  const end = begin + Number(count);
  return [bytes.subarray(begin, end).toString(), ...messagesIn(bytes.subarray(end).toString())];
}

test('a stream whose receiver could not know whom it is from is refused', () => {
  const hook = { name: 'a', to: 'webhook', url: 'http://localhost:1' };
  for (const streams of [
    [hook],
    [{ ...hook, secret: 'whsec_c2hvcnQ=' }],
    [
      { ...hook, secret },
      { ...hook, secret },
    ],
  ])
    expect(auditSettings.safeParse({ streams }).success).toBe(false);
});
