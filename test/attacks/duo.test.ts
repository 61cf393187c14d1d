import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerFrom } from '../../examples/duo-simulator/server.ts';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import type { Proof } from '../../src/flow/assurance.ts';
import type { Fetch } from '../../src/kernel/network.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { type DuoSallyport, duoKeys, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { addresses, halfway, isIn, letters, post, rowsOf, tokenOn } from './tools.ts';

const send = 'Send me a push';

describe.each(kinds)('pushes of Duo, on %s', (kind) => {
  let sallyport: DuoSallyport;
  beforeAll(async () => {
    sallyport = await openWithDuo(kind);
  });
  afterAll(() => sallyport.close());

  /** Are other ways offered first? */
  async function isDown(name: string): Promise<boolean | undefined> {
    const { gate } = sallyport.house;
    const account = await findAccountByName(gate.database.read, name);
    const credentials = await gate.methods.get('duo')?.list(gate.database.read, account?.id ?? expect.fail());
    return credentials?.[0]?.down;
  }
  const answer = (browser: Browser, fields: Record<string, string> = {}) =>
    post(browser, `${browser.url}/prove/duo`, fields);

  test('T05: a push that was never sent, or that nobody has answered, proves nothing', async () => {
    await personWithDuo(sallyport, 'ann');
    const browser = await halfway(sallyport, 'ann');
    for (const fields of [{}, { send: '' }, { send: 'look' }, { txid: 'T', push: 'T', answer: 'allow' }]) {
      await answer(browser, fields);
      expect(await isIn(browser)).toBe(false);
    }
    await browser.visit(browser.url);
    await browser.press(send);
    expect(browser.title).toBe('Look at your phone');
    await browser.press('Continue');
    expect([browser.wrong, await isIn(browser)]).toEqual(['Nothing has come from your phone yet.', false]);
    press(sallyport.tenant, 'ann', 'allow');
    await browser.press('Continue');
    expect(await isIn(browser)).toBe(true);
  });

  test('T36: whoever approves a push lets in the browser that asked for it, and no other', async () => {
    await personWithDuo(sallyport, 'bob');
    const thief = await halfway(sallyport, 'bob');
    const bob = await halfway(sallyport, 'bob');
    await bob.press(send);
    await answer(thief, { send: 'push' });
    expect((await thief.visit(thief.url)).wrong).toMatch(/There is a request on your phone already/);
    press(sallyport.tenant, 'bob', 'allow');
    await answer(thief);
    expect(await isIn(thief)).toBe(false);
    await bob.press('Continue');
    expect([await isIn(bob), await isIn(thief)]).toEqual([true, false]);
  });

  test('nothing is sent before a click, and nothing after three that were not approved, for an hour', async () => {
    await personWithDuo(sallyport, 'cat');
    const { tenant, clock } = sallyport;
    const sent = () => [...tenant.transactions.values()].filter(({ user }) => user.name === 'cat').length;
    const thief = await halfway(sallyport, 'cat');
    await thief.visit(thief.url);
    expect(sent()).toBe(0);
    for (let n = 0; n < 5; n++) {
      await thief.press(send);
      press(tenant, 'cat', 'deny');
      if (thief.title === 'Look at your phone') await thief.press('Continue');
    }
    expect(sent()).toBe(3);
    expect(thief.wrong).toMatch(/Several requests were not approved/);
    const again = await halfway(sallyport, 'cat');
    await again.press(send);
    expect(sent()).toBe(3);
    clock.pass(3_600_000);
    const later = await halfway(sallyport, 'cat');
    await later.press(send);
    expect(sent()).toBe(4);
  });

  test('T38: a second proof that was begun and not finished opens no page of the account, and sets nothing up', async () => {
    await personWithDuo(sallyport, 'eva');
    const thief = await halfway(sallyport, 'eva');
    await thief.press(send);
    for (const { route, url, name } of addresses(sallyport, { method: 'duo' })) {
      if (!route.path.startsWith('/account') && route.path !== '/session') continue;
      const came = await thief.send(route.method, url, route.method === 'POST' ? `_csrf=${tokenOn(thief)}` : undefined);
      expect([name, came.statusCode === 200, String(came.headers['location'] ?? '/sign-in')]).toEqual([
        name,
        false,
        expect.stringMatching(/^\/sign-in/),
      ]);
    }
    await post(thief, `${thief.url}/set-up/duo`, {});
    expect(await isIn(thief)).toBe(false);
  });

  test('whose push was denied hears of it: somebody knows their password', async () => {
    await personWithDuo(sallyport, 'dora');
    const thief = await halfway(sallyport, 'dora');
    await thief.press(send);
    press(sallyport.tenant, 'dora', 'deny');
    await thief.press('Continue');
    expect(await isIn(thief)).toBe(false);
    expect(await letters(sallyport, 'dora@example.org')).toContain('A sign-in was denied on your phone');
  });

  test('two clicks in the same instant send one push', async () => {
    await personWithDuo(sallyport, 'eve');
    const browsers = await Promise.all(Array.from({ length: 8 }, () => halfway(sallyport, 'eve')));
    await Promise.all(browsers.map((browser) => answer(browser, { send: 'push' })));
    expect(sallyport.tenant.pending(sallyport.tenant.find('eve') ?? expect.fail())).toHaveLength(1);
  });

  test('T39: a bypass at Duo, or its silence, lets nobody in; other ways stay open and nobody is locked out', async () => {
    await personWithDuo(sallyport, 'dan');
    const { tenant } = sallyport;
    const browser = await halfway(sallyport, 'dan');
    tenant.turn('bypass', true);
    await browser.press(send);
    expect([browser.wrong, await isIn(browser)]).toEqual([expect.stringContaining('let you pass unasked'), false]);
    tenant.on.clear();
    const { bypassCode = '' } = tenant.find('dan') ?? {};
    await answer(browser, { code: bypassCode });
    expect(await isIn(browser)).toBe(false);

    tenant.turn('outage', true);
    for (let n = 0; n < 25; n++) await answer(browser, { send: 'push' });
    await browser.visit(browser.url);
    expect([browser.wrong, await isIn(browser)]).toEqual([expect.stringContaining('doesn’t answer'), false]);
    expect(await isDown('dan')).toBe(true);
    tenant.on.clear();
    await browser.press(send);
    press(tenant, 'dan', 'allow');
    await browser.press('Continue');
    expect([await isIn(browser), await isDown('dan')]).toEqual([true, false]);
  });

  test('every answer of Duo’s stands in the log, also that it knows no such user', async () => {
    await personWithDuo(sallyport, 'flo');
    const { tenant } = sallyport;
    const heard = async () => {
      const details = (await rowsOf(sallyport, 'audit')).map(({ detail }) => JSON.parse(String(detail)) as object);
      return details.flatMap((detail) => ('heard' in detail ? [detail.heard] : []));
    };
    const browser = await halfway(sallyport, 'flo');
    const user = tenant.find('flo') ?? expect.fail();
    user.active = false;
    await browser.press(send);
    expect(await heard()).toContain('no such user');
    user.active = true;
    await browser.press(send);
    press(tenant, 'flo', 'fraud');
    await browser.press('Continue');
    expect(browser.wrong).toMatch(/somebody else knows your password/);
    expect(await heard()).toContain('fraud');
  });
});

describe.each(kinds)('Duo where an outage is said to open, on %s', (kind) => {
  test('T39: with the password alone nobody gets more than a password is worth', async () => {
    const sallyport = await openWithDuo(kind, { failMode: 'open' });
    try {
      await personWithDuo(sallyport, 'ann');
      const { tenant } = sallyport;
      tenant.turn('outage', true);
      const browser = await halfway(sallyport, 'ann');
      await browser.press(send);
      expect(await isIn(browser)).toBe(true);
      const [session] = await rowsOf(sallyport, 'session');
      expect(session?.['level']).toBe(1);
      const proofs = JSON.parse(String(session?.['proofs'])) as Proof[];
      expect(proofs.map(({ method, amr }) => [method, amr])).toEqual([
        ['password', ['pwd']],
        ['duo', []],
      ]);
      tenant.on.clear();
      tenant.turn('bypass', true);
      const bypassed = await halfway(sallyport, 'ann');
      await bypassed.press(send);
      expect(await isIn(bypassed)).toBe(false);
    } finally {
      await sallyport.close();
    }
  });
});

describe.each(kinds)('Duo’s own page, on %s', (kind) => {
  let sallyport: DuoSallyport;
  /** Changes what Duo says of whoever came back, under Duo's own signature. */
  let forge: Record<string, unknown> | null = null;
  const between =
    (fetch: Fetch): Fetch =>
    async (url, request) => {
      const answer = await fetch(url, request);
      if (forge === null || !url.endsWith('/token')) return answer;
      const said = (await answer.json()) as { id_token: string };
      const claims = JSON.parse(Buffer.from(said.id_token.split('.')[1] ?? '', 'base64url').toString()) as object;
      const key = new TextEncoder().encode(duoKeys.secret);
      const id_token = await new SignJWT({ ...claims, ...forge }).setProtectedHeader({ alg: 'HS512' }).sign(key);
      return Response.json({ ...said, id_token });
    };
  beforeAll(async () => {
    sallyport = await openWithDuo(kind, { mode: 'universal' }, between);
  });
  afterAll(() => sallyport.close());

  /** Goes to Duo's page and answers there. @returns the way back */
  async function there(browser: Browser, fields: Record<string, string> = {}): Promise<string> {
    const { tenant } = sallyport;
    await browser.press('Go on to Duo');
    const come = await answerFrom(tenant, new Request(String(browser.response.headers.location)));
    const back = come.headers.get('location');
    if (back !== null) return pathOf(back);
    const id = /name="id" value="([\w-]+)"/.exec(await come.text())?.[1] ?? '';
    const name = new URL(String(browser.response.headers.location)).searchParams.get('request') ?? '';
    const user = (JSON.parse(Buffer.from(name.split('.')[1] ?? '', 'base64url').toString()) as { duo_uname: string })
      .duo_uname;
    const body = new URLSearchParams({
      id,
      factor: 'passcode',
      passcode: tenant.find(user)?.passcode ?? '',
      ...fields,
    });
    const to = 'http://127.0.0.1:4003/oauth/v1/prompt';
    const done = await answerFrom(tenant, new Request(to, { method: 'POST', body }));
    return pathOf(done.headers.get('location') ?? '');
  }
  const pathOf = (url: string) => url.replace('http://localhost:4000', '');
  const at = (browser: Browser) => browser.url.replace('/prove/duo', '');
  const halfwayAt = async (name: string) => {
    const browser = await halfway(sallyport, name);
    return { browser, page: at(browser) };
  };

  test('whoever comes back with what Duo says is in', async () => {
    await personWithDuo(sallyport, 'ann');
    const { browser } = await halfwayAt('ann');
    await browser.visit(await there(browser));
    expect(await isIn(browser)).toBe(true);
  });

  test('T35: what Duo says of somebody else, for somebody else, or was changed, lets nobody in', async () => {
    await personWithDuo(sallyport, 'bob');
    await personWithDuo(sallyport, 'mallory');
    const mine = await halfwayAt('mallory');
    const theirs = await there(mine.browser);
    const { browser, page } = await halfwayAt('bob');
    const back = await there(browser);
    const code = new URLSearchParams(theirs.split('?')[1]).get('duo_code') ?? '';
    const swapped = new URLSearchParams(back.split('?')[1]);
    swapped.set('duo_code', code);
    await browser.visit(`${back.split('?')[0]}?${swapped}`);
    expect(await isIn(browser)).toBe(false);

    const changes = [
      { preferred_username: 'mallory' },
      { nonce: 'another' },
      { aud: 'another application' },
      { iss: 'https://api-another.duosecurity.com/oauth/v1/token' },
      { exp: 1 },
      { auth_result: { result: 'deny' } },
    ];
    for (const change of changes) {
      await browser.visit(page);
      const to = await there(browser);
      forge = change;
      await browser.visit(to);
      forge = null;
      expect([change, await isIn(browser)]).toEqual([change, false]);
    }
    await browser.visit(page);
    sallyport.tenant.turn('wrongSignature', true);
    await browser.visit(await there(browser));
    sallyport.tenant.on.clear();
    expect(await isIn(browser)).toBe(false);
  });

  test('a state serves once, in the attempt it was made for', async () => {
    await personWithDuo(sallyport, 'cat');
    const first = await halfwayAt('cat');
    const back = await there(first.browser);
    const second = await halfwayAt('cat');
    const [, query = ''] = back.split('?');
    await second.browser.send('GET', `${second.page}/return/duo?${query}`);
    expect(await isIn(second.browser)).toBe(false);
    await first.browser.visit(back.replace(/state=[\w-]+/, `state=${'A'.repeat(43)}`));
    await first.browser.visit(back);
    expect(await isIn(first.browser)).toBe(false);
  });

  test('T39: a bypass or a remembered browser at Duo is not taken for a proof', async () => {
    await personWithDuo(sallyport, 'dan');
    const { browser, page } = await halfwayAt('dan');
    for (const name of ['bypass', 'remembered'] as const) {
      sallyport.tenant.turn(name, true);
      await browser.visit(page);
      await browser.visit(await there(browser));
      sallyport.tenant.on.clear();
      expect([name, await isIn(browser)]).toEqual([name, false]);
    }
    forge = { auth_context: { factor: 'a_factor_of_tomorrow' } };
    await browser.visit(page);
    await browser.visit(await there(browser));
    forge = null;
    expect(await isIn(browser)).toBe(false);
  });
});
