import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fingerprintOf, makeAuthority } from '../support/authority.ts';
import { openOn } from '../support/open.ts';
import { comeBack, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { onEachDatabase, openScenario, type Place, type Scenario } from '../support/scenario.ts';
import { press, typeName } from '../support/scenario-verbs.ts';

const authority = makeAuthority();
const old = 'id.before.test';

/** The web server of the old name: all it still does is say what Sallyport says. */
async function oldPlace(said: () => Promise<string>) {
  const asked: string[] = [];
  const server = createServer(authority.pem, async (request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    response.setHeader('content-type', 'application/json').end(await said());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, asked, close: () => server.close() };
}

/** Sallyport at its new name. Browsers ask the old one at port 443, which is another on this machine. */
function newPlace(oldPort: number): Place {
  let origin = '';
  const data = mkdtempSync(join(tmpdir(), 'sallyport-moved-'));
  return {
    origin(port) {
      origin = `https://id.sallyport.test:${port}`;
      return origin;
    },
    flags: [
      `--host-resolver-rules=MAP ${old}:443 127.0.0.1:${oldPort},MAP *.test localhost`,
      `--ignore-certificate-errors-spki-list=${fingerprintOf(authority)}`,
    ],
    get config() {
      const { certificate, key } = authority;
      return {
        data,
        tls: { certificate, key },
        methods: { webauthn: { rpId: old, relatedOrigins: [origin] } },
      };
    },
  };
}

const title = 'R23 Sallyport has moved to another name, and passkeys of the old one go on opening it';

onEachDatabase(title, async (kind) => {
  let list = '';
  const before = await oldPlace(async () => list);
  const scene = await openScenario(title, { place: newPlace(before.port) }, passkeysOffered, { kind });
  const { page, origin, step, sallyport } = scene;
  list = (await sallyport.app.inject({ url: '/.well-known/webauthn', headers: { host: new URL(origin).host } })).body;
  expect(JSON.parse(list)).toEqual({ origins: [origin] });

  const finger = await withPasskey(scene, 'newcomer');
  await step('A passkey made here belongs to the old name', async () => {
    expect((await finger.exported()).map(({ rpId }) => rpId)).toEqual([old]);
    expect(before.asked).toContain(`${old}/.well-known/webauthn`);
  });
  await step('Come in by it', async () => {
    await comeBack(page, finger);
    await arrived(page);
  });
  expect(scene.complaints).toEqual([]);
  await scene.close();
  before.close();
});

const forGood = 'R23 Keys of the old name are asked for until one of the new name takes their place';

onEachDatabase(forGood, async (kind) => {
  let list = '';
  const before = await oldPlace(async () => list);
  const place = newPlace(before.port);
  const scene = await openScenario(forGood, { place }, passkeysOffered, { kind });
  const { page, origin, step } = scene;
  list = JSON.stringify({ origins: [origin] });
  const finger = await withPasskey(scene, 'newcomer');

  const heard = await opensAnew(scene, { ...place.config, methods: { webauthn: { relatedOrigins: [origin] } } });
  await step('Keys belong to the new name from now on, and the old ones lead nowhere: the house is told', async () => {
    expect(await heard.worries()).toEqual([expect.stringContaining(`1 person has keys that belong to ${old}`)]);
    expect((await heard.worries()).join()).toContain('formerRpIds');
  });
  await heard.close();

  const former = { relatedOrigins: [origin], formerRpIds: [old] };
  const moved = await opensAnew(scene, { ...place.config, methods: { webauthn: former } });
  await step('With the old name as a former one it is asked for after their own name', async () => {
    await comeBack(page, finger);
    await typeName(page, 'newcomer');
    await press(page, 'Try another way');
    await page.getByRole('button', { name: /^Security key/ }).click();
    await page.getByRole('heading', { name: 'Create a passkey?' }).waitFor();
  });
  await step('Once they are in, a new one takes its place', async () => {
    await press(page, 'Create a passkey');
    await arrived(page);
    expect((await finger.exported()).map(({ rpId }) => rpId).sort()).toEqual([old, new URL(origin).hostname]);
    expect(await page.getByText(`From ${old}`).count()).toBe(1);
  });
  await moved.close();
  await scene.close();
  before.close();
});

/** A browser keeps connections that it never asks anything over. */
async function closed({ app }: Pick<Sallyport, 'app'>): Promise<void> {
  const closing = app.close();
  app.server.closeAllConnections();
  await closing;
}

/** The same house, with the same people, told something else: what it hears when it starts. */
async function opensAnew({ sallyport, origin }: Scenario, config: Record<string, unknown>) {
  await closed(sallyport);
  const { database } = sallyport.house.gate;
  const { app, house } = await openOn(database, { publicUrl: origin, ...config, ...passkeysOffered }, sallyport);
  await app.listen({ port: Number(new URL(origin).port), host: 'localhost' });
  return {
    close: () => closed({ app }),
    worries: async () => (await house.gate.methods.get('webauthn')?.worries?.(database.read)) ?? [],
  };
}
