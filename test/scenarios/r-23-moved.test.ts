import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect } from 'vitest';
import { fingerprintOf, makeAuthority } from '../support/authority.ts';
import { comeBack, passkeysOffered, withPasskey } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { onEachDatabase, openScenario, type Place } from '../support/scenario.ts';

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
