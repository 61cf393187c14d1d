import { expect } from 'vitest';
import { type LedgerScene, ledgerScenario, statusOf } from '../support/ledger-scene.ts';
import type { ProxyName } from '../support/proxies.ts';
import {
  heading,
  press,
  signOut,
  typeCode,
  typeName,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

const rules = [
  { paths: ['/books'], require: 'mfa' },
  { paths: ['/payments'], methods: ['POST'], require: 'mfa', withinMinutes: 5 },
];

/** What each can, and what it answers while Sallyport is not there (`docs/forward-auth.md`). */
const facts: Readonly<
  Record<Exclude<ProxyName, 'nginx before Jira'>, { readonly keeps: boolean; readonly alone: number }>
> = {
  nginx: { keeps: true, alone: 500 },
  haproxy: { keeps: true, alone: 502 },
  caddy: { keeps: false, alone: 502 },
  apache: { keeps: false, alone: 503 },
};

for (const [proxy, { keeps, alone }] of Object.entries(facts) as [
  keyof typeof facts,
  (typeof facts)[keyof typeof facts],
][]) {
  ledgerScenario(
    `U-8 Behind ${proxy}: who may, where, how much it takes, and until when`,
    rules,
    async (scene) => {
      const { sallyport, page, step, site, vault, ledger } = scene;
      const { secret } = await withAuthenticator(scene, 'ann');
      await signOut(page);

      expect(await statusOf(site, '/live', webSocket)).not.toBe(101);
      expect(await statusOf(site, '/payments', {}, { method: 'POST' })).toBeGreaterThan(300);
      await step('She goes to the ledger', () => page.goto(`${site}/?month=may`));
      await typeName(page, 'ann');
      expect(ledger.arrived).toEqual([]);
      await step('She signs in with her password', () => typePassword(page));
      await page.waitForURL(`${site}/?month=may`);
      expect(await page.locator('b').textContent()).toBe('ann');

      // What a proxy makes of a request does not depend on where we keep things.
      if (sallyport.house.gate.database.kind === 'sqlite') {
        await saysNothingOfThemselves(scene);
        await findsNoOtherWay(scene);
        await sendsMuch(scene);
      }

      await step('The books ask for more', () => page.goto(`${site}/books`));
      expect(await heading(page)).toBe('Enter the code from your app');
      await typeCode(page, codeFor(sallyport, secret));
      await page.waitForURL(`${site}/books`);
      const cookies = await cookiesAt(scene, site);
      expect(await statusOf(site, '/books', { cookie: cookies })).toBe(200);
      expect(await statusOf(vault, '/', { cookie: cookies })).toBeGreaterThan(300);
      await step('At the vault she has proven enough', () => page.goto(`${vault}/`));
      await page.waitForURL(`${vault}/`);

      sallyport.clock.pass(6 * 60_000);
      await step('She pays', () => pay(scene));
      expect(await heading(page)).toBe('Enter the code from your app');
      await step('She proves that it is her', () => typeCode(page, codeFor(sallyport, secret)));
      await page.waitForURL(keeps ? `${site}/.sallyport/parked` : `${site}/payments`);
      expect(paid(scene)).toEqual([]);
      await step('She sends it', () => (keeps ? press(page, 'Send') : fillIn(scene)));
      await page.locator('li').waitFor();
      expect(paid(scene)).toMatchObject([
        { body: 'to=Milk+%26+Co&amount=12&password=', headers: { 'remote-user': 'ann' } },
      ]);

      expect(await greetedAt(scene)).toBe('ann');
      const cookie = await cookiesAt(scene, site);
      expect(await statusOf(site, '/live', { cookie, ...webSocket })).toBe(101);
      expect(await statusOf(site, '/live', { cookie, ...webSocket, upgrade: 'h2c' })).toBe(200);
      const arrived = ledger.arrived.length;
      scene.shut(true);
      expect(await statusOf(site, '/', { cookie })).toBe(alone);
      expect(await statusOf(site, '/live', { cookie, ...webSocket })).toBe(alone);
      scene.shut(false);
      await step('She signs out', () => signOut(page));
      expect(await statusOf(site, '/', { cookie })).toBeGreaterThan(300);
      expect(await statusOf(site, '/live', { cookie, ...webSocket })).toBeGreaterThan(300);
      await step('The ledger asks again', () => page.goto(site));
      expect(await page.getByLabel('Email or username').isVisible()).toBe(true);
      expect(ledger.arrived).toHaveLength(arrived);
    },
    proxy,
  );
}

const webSocket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Whom a page of the site is greeted as through a web socket. */
const greetedAt = ({ page, site }: LedgerScene): Promise<string> =>
  page.evaluate(
    (address) =>
      new Promise<string>((said) => {
        const socket = new WebSocket(address);
        socket.onmessage = ({ data }) => said(String(data));
        socket.onclose = () => said('closed');
      }),
    `${site.replace('https', 'wss')}/live`,
  );

async function pay(scene: LedgerScene): Promise<void> {
  await scene.page.goto(`${scene.site}/payments`);
  await fillIn(scene);
}

async function fillIn({ page }: LedgerScene): Promise<void> {
  await page.getByLabel('To').fill('Milk & Co');
  await page.getByLabel('Amount').fill('12');
  await press(page, 'Pay');
}

const paid = ({ ledger }: LedgerScene) => ledger.arrived.filter(({ line }) => line === 'POST /payments');

async function cookiesAt({ context }: LedgerScene, url: string): Promise<string> {
  return (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** What a visitor says in a proxy's name, or of who they are, in each spelling that some server reads alike. */
async function saysNothingOfThemselves(scene: LedgerScene): Promise<void> {
  const { site, ledger } = scene;
  const names = [
    ...['user', 'name', 'email', 'groups', 'acr'].flatMap((one) => [`remote-${one}`, `remote_${one}`, `Remote-${one}`]),
    ...[
      'for',
      'host',
      'proto',
      'port',
      'prefix',
      'uri',
      'method',
      'server',
      'user',
      'email',
      'groups',
      'scheme',
      'ssl',
    ].flatMap((one) => [`x-forwarded-${one}`, `x_forwarded_${one}`]),
    ...[
      'forwarded',
      'x-real-ip',
      'x_real_ip',
      'x-original-url',
      'x-original-method',
      'x_original_url',
      'x-rewrite-url',
    ],
    ...[
      'x-sallyport-sending',
      'x-http-method-override',
      'x-http-method',
      'x-method-override',
      'x_http_method_override',
    ],
  ];
  const own = await cookiesAt(scene, site);
  const connection = 'close, Remote-User, Remote-Groups, Cookie, X-Forwarded-For';
  const before = ledger.arrived.length;
  const lies = Object.fromEntries(names.map((name) => [name, 'a-lie']));
  expect(await statusOf(site, '/', { cookie: `theirs=1; ${own}`, connection, ...lies })).toBe(200);
  const came = ledger.arrived[before]?.headers ?? {};
  expect(Object.entries(came).filter(([, value]) => value.includes('a-lie'))).toEqual([]);
  expect(came).toMatchObject({
    'remote-user': 'ann',
    'remote-acr': 'https://refeds.org/profile/sfa',
    cookie: 'theirs=1',
  });

  // Nor does any of them lead to where more is asked.
  const statuses = await Promise.all(
    names.map(async (name) => {
      const lie = name.endsWith('url') ? `${site}/` : '/';
      return [name, await statusOf(site, '/books', { cookie: own, connection, [name]: lie })];
    }),
  );
  expect(statuses.filter(([, status]) => status === 200)).toEqual([]);
  expect(ledger.arrived).toHaveLength(before + 1);
}

/** Spellings of a path that a rule stands before. */
async function findsNoOtherWay(scene: LedgerScene): Promise<void> {
  const { site, ledger } = scene;
  const paths = [
    ...[
      '/books',
      '/BOOKS',
      '/%62ooks',
      '/%42ooks',
      '/books/',
      '/books?x',
      '/books#x',
      '//books',
      '///books',
      '/./books',
    ],
    ...[
      '/x/../books',
      '/x/%2e%2e/books',
      '/x/%2E%2E/books',
      '/x/.%2e/books',
      '/x/..%2fbooks',
      '/x/..%2Fbooks',
      '/%2fbooks',
    ],
    ...[
      '/%2Fbooks',
      '/x%2f..%2fbooks',
      '/%252e%252e/books',
      '/x/%252e%252e/books',
      '/%2562ooks',
      '/books;x',
      '/books%3bx',
    ],
    ...['/;/books', '/x;/../books', '/x/..;/books', '/x/..;a=b/books', '/books%00', '/%00/../books', '/x\\..\\books'],
    ...['/x%5c..%5cbooks', '/x/%c0%ae%c0%ae/books', '/%c0%afbooks', '/x/%e0%80%ae%e0%80%ae/books', '/%u0062ooks'],
    ...[
      '/books%',
      '/%zz/../books',
      '/books%20',
      '/books%0a',
      '/books%0d%0ax:y',
      '/.sallyport/../books',
      '/.sallyport/..%2fbooks',
    ],
    ...[
      '/.sallyport/%2e%2e/books',
      '/.sallyport//../books',
      '/.sallyport/..;/books',
      '/.sallyport/ask',
      '/\u00ff',
      '*',
      '',
    ],
    ...[
      `${site}/books`,
      'https://evil.example/books',
      `${site.replace('https', 'http')}/x/../books`,
      'books',
      '?/books',
    ],
  ];
  const before = ledger.arrived.length;
  const headers = { cookie: await cookiesAt(scene, site) };
  const methods = ['BOOKS', 'TRACE', 'CONNECT', 'PROPFIND', 'get', 'OPTIONS', 'HEAD'];
  const statuses = await Promise.all([
    ...paths.map(async (path) => [path, await statusOf(site, path, headers)]),
    ...methods.map(async (method) => [method, await statusOf(site, '/books', headers, { method })]),
  ]);
  // A sign that no address may have arrives encoded, as one of a name's: it is another page then, and was asked about as that.
  const arrived = ledger.arrived.slice(before).map(({ line }) => line);
  expect(arrived.filter((line) => !/^GET \/(books%23x|%C3%BF|%FF)$/.test(line))).toEqual([]);
  // For a name that it does not serve Caddy has an empty page of its own.
  const isOther = (what: unknown) => String(what).startsWith('https://evil.example');
  const opened = statuses.flatMap(([what, status]) =>
    (status !== 200 && status !== 500) || isOther(what) ? [] : [what],
  );
  expect(opened).toEqual(arrived.length === 0 ? [] : ['/books#x']);
}

/** What is long goes through whole, or not at all. */
async function sendsMuch(scene: LedgerScene): Promise<void> {
  const { page, site, ledger } = scene;
  const long = 'x'.repeat(200_000);
  await page.evaluate((body) => fetch('/notes', { method: 'POST', body }), long);
  expect(ledger.arrived.at(-1)).toMatchObject({ line: 'POST /notes', body: long, headers: { 'remote-user': 'ann' } });

  const own = await cookiesAt(scene, site);
  const few = 'y'.repeat(6_000);
  expect(await statusOf(site, '/', { cookie: `a=${few}; ${own}`, 'x-few': few })).toBe(200);
  expect(ledger.arrived.at(-1)?.headers).toMatchObject({ cookie: `a=${few}`, 'x-few': few, 'remote-user': 'ann' });
  const before = ledger.arrived.length;
  for (const many of [20_000, 100_000, 2_000_000]) {
    const status = await statusOf(site, '/books', { cookie: `a=${'z'.repeat(many)}; ${own}` });
    expect([many, status]).toEqual([many, expect.toSatisfy((one: number) => one === 0 || one >= 300)]);
  }
  expect(ledger.arrived).toHaveLength(before);
}
