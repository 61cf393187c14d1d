import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as client from 'openid-client';
import { afterAll, expect } from 'vitest';
import { testClock } from '../support/clock.ts';
import { desk, signingKey } from '../support/desk.ts';
import { personWithDuo } from '../support/duo.ts';
import { type DuoScenario, withDuo } from '../support/duo-scenario.ts';
import { byPush, cookieNow, without } from '../support/passwordless.ts';
import { heading, press } from '../support/scenario-verbs.ts';

/** All that the front desk shows. */
const frontPage = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end('<title>Front desk</title><h1>Front desk</h1>');
});
await new Promise<void>((done) => frontPage.listen(0, '127.0.0.1', done));
afterAll(() => frontPage.close());
const callback = `http://127.0.0.1:${(frontPage.address() as AddressInfo).port}/callback`;

// The application goes by the time of day, as the browser does.
const given = () => ({
  settings: { declaredMfa: true },
  config: { ...without(), applications: [{ ...desk, redirectUris: [callback] }] },
  turned: { clock: testClock(Date.now()) },
});

/** The front desk: it knows who stands before it, and sends the browser on. @param how signed by its key, or handed over first */
async function openDesk({ origin, page }: DuoScenario, how: 'signed' | 'pushed') {
  const config = await client.discovery(new URL(origin), desk.id, undefined, client.ClientSecretBasic(desk.secret), {
    execute: [client.allowInsecureRequests],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  return {
    async name(named_user: string): Promise<void> {
      const parameters = {
        redirect_uri: callback,
        scope: 'openid profile',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        named_user,
      };
      const to =
        how === 'signed'
          ? await client.buildAuthorizationUrlWithJAR(config, parameters, signingKey)
          : await client.buildAuthorizationUrlWithPAR(config, parameters);
      await page.goto(to.href);
    },
    /** What comes back with the browser. @throws when that is no code */
    async whoCame(): Promise<unknown> {
      await page.waitForURL(`${callback}**`);
      const tokens = await client.authorizationCodeGrant(config, new URL(page.url()), { pkceCodeVerifier });
      const person = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
      return person.preferred_username;
    },
  };
}

const ways = [
  ['signed', 'P-7 The front desk says who is to sign in, by a signed request'],
  ['pushed', 'P-7 The front desk says who is to sign in, by a pushed request'],
] as const;

for (const [how, title] of ways)
  withDuo(
    title,
    async (scene) => {
      const { sallyport, tenant, page, step } = scene;
      await personWithDuo({ ...sallyport, tenant }, 'with-duo');
      const frontDesk = await openDesk(scene, how);
      await step('Come from the front desk, where one’s name was typed', async () => {
        await frontDesk.name('with-duo');
        expect(await heading(page)).toBe('Confirm with Duo');
        expect(await page.getByText('with-duo', { exact: true }).isVisible()).toBe(true);
        expect(tenant.transactions.size).toBe(0);
      });
      await step('Approve on the phone: nothing else is asked', () => byPush(scene));
      await step('Be back at the front desk, as oneself', async () => {
        expect(await frontDesk.whoCame()).toBe('with-duo');
        expect(await cookieNow(page)).toBeNull();
      });
    },
    given(),
  );

withDuo(
  'P-7 Whoever is somebody else goes back to the front desk, which does not hear who',
  async (scene) => {
    const { sallyport, tenant, page, step } = scene;
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    const frontDesk = await openDesk(scene, 'signed');
    await step('Come from the front desk', () => frontDesk.name('with-duo'));
    await step('Say that this is not you', async () => {
      await press(page, 'Not you?');
      await expect(frontDesk.whoCame()).rejects.toMatchObject({ error: 'access_denied' });
    });
  },
  given(),
);
