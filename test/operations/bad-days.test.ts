import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, test, vi } from 'vitest';
import { openMeans } from '../../src/app.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { addDemoAccount } from '../../src/core/demo/store.ts';
import { readTls, watchTls } from '../../src/http/tls.ts';
import { settings } from '../../src/settings.ts';
import { makeAuthority } from '../support/authority.ts';
import { freePort } from '../support/ports.ts';
import { command, startServer } from '../support/server-process.ts';

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'sallyport-bad-days-'));

test('a new certificate is shown by the server that runs; half of a pair leaves the old one in place', async () => {
  const folder = emptyFolder();
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const [old, next] = [makeAuthority(), makeAuthority()];
  copyFileSync(old.certificate, files.certificate);
  copyFileSync(old.key, files.key);
  const server = createServer(readTls(files));
  const look = watchTls(server, files);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const isShown = ({ ca }: { ca: string }) =>
    new Promise<boolean>((done) => {
      const socket = connect({ port, host: '127.0.0.1', ca: readTls({ certificate: ca, key: ca }).cert });
      socket.once('secureConnect', () => done(true)).once('error', () => done(false));
      socket.once('secureConnect', () => socket.destroy());
    });
  expect([await isShown(old), look()]).toEqual([true, false]);
  copyFileSync(next.certificate, files.certificate);
  expect(look).toThrow();
  expect(await isShown(old)).toBe(true);
  copyFileSync(next.key, files.key);
  expect([look(), await isShown(next), await isShown(old)]).toEqual([true, true, false]);
  writeFileSync(files.key, 'no key');
  expect(look).toThrow();
  expect(await isShown(next)).toBe(true);
  server.close();
});

test('what nobody foresaw ends the server, and its log says so', async () => {
  const planted = "data:text/javascript,process.on('SIGUSR2',()=>{Promise.reject(new Error('planted'))})";
  const server = await startServer({
    SALLYPORT_DATA: emptyFolder(),
    NODE_OPTIONS: `--import=${planted.replaceAll(' ', '%20')}`,
  });
  expect(await server.end('SIGUSR2')).toBe(1);
  await vi.waitFor(() =>
    expect(server.lines.filter((line) => line.includes('unforeseen: ending') && line.includes('planted'))).toHaveLength(
      1,
    ),
  );
});

test('a database with demo accounts is not served to anybody', async () => {
  const data = emptyFolder();
  expect((await command(['user', 'add', 'ann'], { SALLYPORT_DATA: data })).code).toBe(0);
  const means = await openMeans(settings.parse({ publicUrl: 'http://localhost:4000', data }));
  const ann = await findAccountByName(means.database.read, 'ann');
  await means.database.transaction((tx) => addDemoAccount(tx, means, ann?.id ?? ('' as never), null));
  await means.database.close();
  const { code, err } = await command(['serve'], { SALLYPORT_DATA: data, SALLYPORT_LISTEN__PORT: '0' });
  expect([code, err]).toEqual([1, expect.stringContaining('demo accounts ann')]);
});

test('the numbers have a port of their own where one is named, and are then told nowhere else', async () => {
  const metrics = await freePort();
  const server = await startServer({ SALLYPORT_DATA: emptyFolder(), SALLYPORT_METRICS__PORT: String(metrics) });
  const told = async () => (await fetch(`http://127.0.0.1:${metrics}/`)).text();
  await vi.waitFor(async () => expect(await told()).toContain('nodejs_eventloop_lag_seconds'), 5000);
  const here = await server.app.inject({ url: '/metrics', headers: { host: 'localhost:4000' } });
  expect(here.statusCode).toBe(404);
  expect(await server.end()).toBe(0);
});
