import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { createClient } from '@reachfive/identity-core';
import { expect } from 'vitest';
import { hours } from '../../src/kernel/clock.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { Browser } from './browser.ts';
import { testClock } from './clock.ts';
import { password } from './open.ts';
import { freePort } from './ports.ts';
import { onEachDatabase, openScenario, type Scenario } from './scenario.ts';
import { securePlace } from './secure-place.ts';
import { codeSentTo, mailbox, phone, setUpSentCode, signIn } from './verbs.ts';

/** What came of a call of the vendor's client: what it resolved to, or what it rejected with. */
export interface Came {
  readonly ok?: Record<string, unknown>;
  readonly refused?: Record<string, unknown>;
}

/** What the vendor's client can be asked for. */
type Asking = keyof ReturnType<typeof createClient>;

/** The application Shop, which asks for passwords and codes in its own page, by the vendor's client as it is published. */
export interface ShopScene extends Scenario {
  /** Its origin. */
  readonly shop: string;
  open(): Promise<void>;
  /** Calls the vendor's client in the page that is open. */
  call(name: Asking, ...given: readonly unknown[]): Promise<Came>;
  /** The same, where it leads the browser away. @returns the code that it brings back to Shop */
  callAndReturn(name: Asking, ...given: readonly unknown[]): Promise<string>;
  /** Redeems a code, as the client does. */
  redeem(code: string): Promise<Tokens>;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Of the ID token. */
  readonly claims: Readonly<Record<string, unknown>>;
}

const script = '/identity-core.js';
const library = readFileSync(createRequire(import.meta.url).resolve('@reachfive/identity-core/umd/identity-core.js'));
const html = `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,"><script src="${script}"></script><h1>Shop</h1></html>`;

/** A page with the client on it, and nothing else. */
function startShop(port: number, tls: { certificate: string; key: string }): Promise<Server> {
  const pem = { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) };
  const server = createServer(pem, ({ url }, response) => {
    const isScript = url === script;
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html').end(isScript ? library : html);
  });
  return new Promise((resolve) => server.listen(port, 'localhost', () => resolve(server)));
}

/** Where Shop is: at Sallyport's own site, or at another. */
const places = {
  near: (port: number) => `https://shop.sallyport.test:${port}`,
  far: (port: number) => `https://shop.other.test:${port}`,
};

const configFor = (shop: string) => ({
  applications: [
    {
      id: 'shop',
      name: 'Shop',
      redirectUris: [`${shop}/callback`],
      postLogoutRedirectUris: [`${shop}/bye`],
      firstParty: true,
      scopes: ['openid', 'profile', 'email', 'offline_access', 'mfa'],
      identity: { origins: [shop] },
    },
  ],
  policies: [
    {
      name: 'everybody',
      require: 'mfa-if-owned',
      methods: { second: ['email-code', 'sms-code'], backup: [] },
      countsForStepUp: ['email-code', 'sms-code'],
      rememberDays: 30,
    },
  ],
  recovery: { waitHours: 0 },
  methods: { 'sms-code': { countries: ['DE'] } },
});

/** For so long a place for codes has stood when a scenario begins. */
const settled = hours(73);

/** A test told as a scenario at Shop's. */
export const shopScenario = (
  title: string,
  tell: (scene: ShopScene) => Promise<void>,
  { at = 'near' }: { readonly at?: keyof typeof places } = {},
): void =>
  onEachDatabase(title, async (kind) => {
    const place = securePlace('id.sallyport.test');
    const port = await freePort();
    const shop = places[at](port);
    // It begins now, for oidc-provider reads the real clock; what people set up before, they set up days ago.
    const clock = testClock(Date.now() - settled);
    const options = { place, ignoreHTTPSErrors: true };
    const scene = await openScenario(title, options, configFor(shop), { kind, clock });
    const server = await startShop(port, place.config['tls'] as { certificate: string; key: string });
    try {
      await tell(inside(scene, shop));
      expect(scene.complaints).toEqual([]);
    } finally {
      server.close();
      server.closeAllConnections();
      await scene.close();
    }
  });

function inside(scene: Scenario, shop: string): ShopScene {
  const { page, origin } = scene;
  const domain = new URL(origin).host;
  const call: ShopScene['call'] = (name, ...given) =>
    page.evaluate(callClient, { domain, name, given: JSON.stringify(given) });
  return {
    ...scene,
    shop,
    call,
    open: async () => void (await page.goto(shop)),
    async callAndReturn(name, ...given) {
      const back = page.waitForURL(/[/]callback[?]/);
      // The page may be gone before it says so.
      await call(name, ...given).catch(() => undefined);
      await back;
      const { searchParams } = new URL(page.url());
      return searchParams.get('code') ?? `no code: ${page.url()}`;
    },
    async redeem(code) {
      const { redirectUri } = authAt(shop);
      const { ok, refused } = await call('exchangeAuthorizationCodeWithPkce', { code, redirectUri });
      if (ok === undefined) throw new Error(`the code is refused: ${JSON.stringify(refused)}`);
      const { accessToken, refreshToken, idToken } = ok as Record<string, string>;
      const claims = JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString());
      return { accessToken: accessToken ?? '', ...(refreshToken !== undefined && { refreshToken }), claims };
    },
  };
}

/** What the page does with it: in the browser, so it brings nothing along. */
async function callClient({ domain, name, given }: { domain: string; name: string; given: string }): Promise<Came> {
  type Client = Record<string, (...given: unknown[]) => Promise<Record<string, unknown>>>;
  const { reach5 } = globalThis as unknown as { reach5: { createClient(config: object): Client } };
  const client = reach5.createClient({ domain, clientId: 'shop' });
  try {
    return { ok: (await client[name]?.(...JSON.parse(given))) ?? {} };
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return { refused: refused as Record<string, unknown> };
  }
}

/** What Shop asks for, whenever it asks for a sign-in. */
export const authAt = (shop: string) => ({ redirectUri: `${shop}/callback`, scope: 'mfa' });

/** Somebody who gets codes by mail, and by text message if they like, since three days ago; and signs in now. */
export async function withSentCodes(
  { sallyport, origin }: Scenario,
  name: string,
  ...ways: readonly ('mail' | 'phone')[]
): Promise<AccountId> {
  const account = await sallyport.person(name);
  const { clock, app } = sallyport;
  const began = clock.now();
  const browser = await signIn(new Browser(app, { host: new URL(origin).host }), name);
  for (const way of ways) await setUpSentCode(sallyport, browser, way === 'mail' ? mailbox(mailOf(name)) : phone);
  clock.pass(settled - (clock.now() - began));
  return account;
}

export const mailOf = (name: string): string => `${name}@mail.example.org`;

/** Ann signs in with her password and the code that came, and this device is trusted. @returns how she does, and the code the shop got */
export async function signsInAndTrusts(scene: ShopScene, caption: string) {
  const { sallyport, shop, step, open, call } = scene;
  await withSentCodes(scene, 'ann', 'mail');
  await open();
  const login = { email: 'ann@example.org', password, auth: authAt(shop) };
  const { ok } = await call('loginWithPassword', login);
  const { ok: started } = await call('startPasswordless', { authType: 'email', stepUp: ok?.['stepUpToken'] });
  const verified = await step(caption, async () =>
    call('verifyMfaPasswordless', {
      challengeId: started?.['challengeId'],
      verificationCode: await codeSentTo(sallyport, mailOf('ann')),
      trustDevice: true,
    }),
  );
  return { login, code: String(verified.ok?.['code']) };
}
