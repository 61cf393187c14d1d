import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/clock.ts';
import { listen } from '../../src/protocols/radius/index.ts';
import { owner } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { type DuoSallyport, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { radclient } from '../support/radclient.ts';
import { radiusFor, secret, vpn } from '../support/radius.ts';
import { password } from '../support/sallyport.ts';
import { command, startServer } from '../support/server-process.ts';
import { codeFor } from '../support/verbs.ts';

test('a server process answers by its configuration, the secret in a file, and stops when it is told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-radius-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${secret}\n`);
  const section = { listen: { port: 0 }, clients: [{ id: 'vpn', name: 'VPN', networks: ['127.0.0.1'], secretFile }] };
  const variables = { SALLYPORT_DATA: folder, SALLYPORT_RADIUS: JSON.stringify(section) };
  expect((await command(['user', 'add', 'ann', '--password-stdin'], variables, password)).code).toBe(0);
  const server = await startServer(variables);
  const port = () => Number(/"port":(\d+),"msg":"answering RADIUS"/.exec(server.lines.join('\n'))?.[1] ?? 0);
  await expect.poll(port, { timeout: 10_000 }).toBeGreaterThan(0);
  const given = { 'User-Name': '"ann"', 'User-Password': `"${password}"`, ...seal };
  expect((await radclient(port(), secret, given)).code).toBe('Access-Accept');
  expect(await server.end()).toBe(0);
});

const seal = { 'Message-Authenticator': '0x00' };

describe.each(kinds)('Debian’s radclient signs people in to a VPN, on %s', (kind) => {
  let sallyport: DuoSallyport;
  let line: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    sallyport = await openWithDuo(kind);
    const quiet = { info() {}, warn() {}, error() {} };
    const radius = radiusFor(sallyport, [{ ...vpn, networks: ['127.0.0.0/8'] }]);
    line = await listen(radius, { host: '127.0.0.1', port: 0 }, quiet);
  });
  afterAll(async () => {
    await line.stop();
    await sallyport.close();
  });

  const type = (name: string, typed: string, more: Record<string, string> = {}) =>
    radclient(line.port, secret, { 'User-Name': `"${name}"`, 'User-Password': `"${typed}"`, ...seal, ...more });

  test('by a password, then a code', async () => {
    const { secret: key } = await owner(sallyport, 'ann');
    sallyport.clock.pass(seconds(30));
    expect((await type('ann', 'not it')).code).toBe('Access-Reject');
    const asked = await type('ann', password);
    expect(asked).toMatchObject({
      code: 'Access-Challenge',
      attributes: { 'Reply-Message': expect.stringContaining('Authenticator app') },
    });
    expect(asked.output.indexOf('Message-Authenticator', asked.output.indexOf('Received'))).toBeLessThan(
      asked.output.indexOf('State ='),
    );
    const state = { State: asked.attributes['State'] ?? '' };
    const code = codeFor(sallyport, key);
    expect(await type('ann', code, state)).toMatchObject({ code: 'Access-Accept', attributes: { 'User-Name': 'ann' } });
    expect((await type('ann', code, state)).code).toBe('Access-Reject');
  });

  test('by a password, then a yes on their phone', async () => {
    await personWithDuo(sallyport, 'bob');
    const asked = await type('bob', password);
    expect(asked).toMatchObject({
      code: 'Access-Challenge',
      attributes: { 'Reply-Message': expect.stringContaining('Approve it on your phone') },
    });
    press(sallyport.tenant, 'bob', 'allow');
    expect((await type('bob', 'OK', { State: asked.attributes['State'] ?? '' })).code).toBe('Access-Accept');
  });

  test('hears that we are there; with another secret, or without a seal, it hears nothing', async () => {
    expect((await radclient(line.port, secret, seal, 'status')).code).toBe('Access-Accept');
    const given = { 'User-Name': '"ann"', 'User-Password': `"${password}"` };
    const silent = await Promise.all([
      radclient(line.port, 'a secret that is somebody else’s', { ...given, ...seal }),
      radclient(line.port, secret, given),
    ]);
    expect(silent.map(({ code }) => code)).toEqual([null, null]);
  });
});
