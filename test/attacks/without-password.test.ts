import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/kernel/ids.ts';
import { seal } from '../../src/kernel/seal.ts';
import { Authenticator, type Forged } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { eventsOf } from '../support/passwordless.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { signIn, typeName, typePassword } from '../support/verbs.ts';
import { atOnce, copyOf, isIn, type KeyOptions, optionsOn, post, rowsOf } from './tools.ts';

const cookie = '__Host-passwordless';

/** Follows wherever a form leads. */
async function send(browser: Browser, to: string, fields: Record<string, string>): Promise<void> {
  const { headers } = await post(browser, to, fields);
  await browser.visit(String(headers.location ?? browser.url));
}

describe.each(kinds)('without a password, on %s', (kind) => {
  let sallyport: Sallyport;
  const origin = 'http://localhost:4000';
  beforeAll(async () => {
    sallyport = await openSallyport(kind, {
      policies: [
        {
          name: 'everybody',
          require: 'sfa',
          methods: { second: ['webauthn', 'totp'] },
          passwordless: { methods: ['webauthn'], when: { anyOf: [{ group: 'pilots' }, { group: 'others' }] } },
          passkeys: { offer: true },
        },
      ],
    });
  });
  afterAll(() => sallyport.close());

  /** Somebody who has made a passkey when it was offered, signed in at home. */
  async function withPasskey(name: string, groups: readonly string[] = ['pilots']) {
    await sallyport.person(name, { groups });
    const key = new Authenticator(origin, { attachment: 'platform', verifies: true });
    const home = await signIn(new Browser(sallyport.app), name);
    const options = optionsOn(home, 'passkey');
    await send(home, `${home.url}/set-up/webauthn`, { kind: 'passkey', response: key.create(options) });
    return { key, home, handle: options.user.id };
  }

  /** Somebody whose browser is kept for their passkey, and who is out again. */
  async function kept(name: string) {
    const mine = await withPasskey(name);
    await send(mine.home, '/account/browser', { say: 'in' });
    expect(mine.home.cookies.get(cookie)).toMatch(/\./);
    await post(mine.home, '/account/sign-out', {});
    return mine;
  }

  const answer = async (browser: Browser, key: Authenticator, forged: Forged) =>
    send(browser, `${browser.url}/prove/webauthn`, {
      kind: 'any',
      response: key.get(optionsOn(browser, 'any'), forged),
    });

  test('a passkey says whose it is, and signs in once', async () => {
    const { key, handle } = await withPasskey('ann');
    const [here, there] = [new Browser(sallyport.app), new Browser(sallyport.app)];
    await here.visit('/sign-in');
    await there.visit('/sign-in');
    const response = key.get(optionsOn(here, 'any'), { userHandle: handle });
    await post(here, `${here.url}/prove/webauthn`, { kind: 'any', response });
    expect(await isIn(here)).toBe(true);
    await post(there, `${there.url}/prove/webauthn`, { kind: 'any', response });
    expect(await isIn(there)).toBe(false);
  });

  test('an answer that does not say whose it is, or says it is somebody else’s, is nobody’s', async () => {
    const { key } = await withPasskey('bob');
    const { handle } = await withPasskey('cora');
    for (const forged of [{}, { userHandle: handle }, { userHandle: 'AAAA' }]) {
      const browser = new Browser(sallyport.app);
      await browser.visit('/sign-in');
      await answer(browser, key, forged);
      expect([forged, await isIn(browser), browser.title]).toEqual([forged, false, 'Sign in']);
    }
  });

  test('wrong signatures name nobody, and lock nobody out', async () => {
    const { key, handle } = await withPasskey('dan');
    const stranger = new Authenticator(origin, { attachment: 'platform', verifies: true });
    stranger.create({ ...optionsOnNothing(), user: { id: handle } });
    const browser = new Browser(sallyport.app);
    await browser.visit('/sign-in');
    for (let n = 0; n < 12; n++) {
      const forged = { userHandle: handle, flip: 1 };
      await answer(browser, key, forged);
      expect([n, browser.title, browser.text.includes('dan')]).toEqual([n, 'Sign in', false]);
    }
    await answer(browser, key, { userHandle: handle });
    expect(await isIn(browser)).toBe(true);
  });

  test('to a browser that does not know somebody, nothing they have set up shows', async () => {
    await withPasskey('eve');
    const pages: string[] = [];
    for (const name of ['eve', 'nobody-at-all']) {
      const browser = await typeName(new Browser(sallyport.app), name);
      await send(browser, `${browser.url}/choose`, { method: 'webauthn' });
      const { allowCredentials } = optionsOn(browser, 'any');
      expect([name, allowCredentials]).toEqual([name, []]);
      pages.push(browser.title);
    }
    expect(new Set(pages).size).toBe(1);
  });

  test('the cookie proves nothing: it names its owner, and opens no page of theirs', async () => {
    const { home } = await kept('fay');
    await home.visit('/sign-in');
    expect(home.title).toBe('Welcome back');
    expect(await isIn(home)).toBe(false);
    await send(home, `${home.url}/welcome`, { way: 'continue' });
    expect(await isIn(home)).toBe(false);
  });

  test('T43: the cookie in another browser, changed, cut, doubled or made up is nobody’s, and is taken away', async () => {
    const { home } = await kept('gus');
    const value = home.cookies.get(cookie) ?? '';
    const another = new Browser(sallyport.app);
    await signIn(another, 'gus', 'not the password');
    const forgeries = {
      'of another browser': value,
      'with a letter changed': value.replace(/(\.[\w-]+\.)(.)/, (_, head, one) => head + (one === 'A' ? 'B' : 'A')),
      cut: value.slice(0, -8),
      'made up': 'k1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
    };
    for (const [how, forged] of Object.entries(forgeries)) {
      const browser = how === 'of another browser' ? new Browser(sallyport.app) : copyOf(home);
      browser.cookies.set(cookie, forged);
      await browser.visit('/sign-in');
      expect([how, browser.title, browser.text.includes('gus')]).toEqual([how, 'Sign in', false]);
      expect([how, browser.cookies.get(cookie) ?? '']).toEqual([how, '']);
    }
    await home.visit('/sign-in');
    expect(home.title).toBe('Welcome back');
  });

  test('T43: the cookie of another house is nobody’s here', async () => {
    const elsewhere = await openSallyport(kind);
    const { home } = await kept('ivy');
    const { gate } = elsewhere.house;
    const id = newId<'opt-in'>(gate.chance);
    const place = { table: 'cookie', column: 'passwordless', row: '' };
    home.cookies.set(cookie, seal(gate.ring, gate.chance, place, id));
    await home.visit('/sign-in');
    expect([home.title, home.cookies.get(cookie) ?? '']).toEqual(['Sign in', '']);
    await elsewhere.close();
  });

  test('T43: the cookie sent twice, or far too long, is no way in and no fault', async () => {
    const { home } = await kept('jan');
    const value = home.cookies.get(cookie) ?? '';
    const others = [...home.cookies].filter(([name]) => name !== cookie).map(([name, one]) => `${name}=${one}`);
    const asked = async (...values: string[]) => {
      const sent = [...others, ...values.map((one) => `${cookie}=${one}`)].join('; ');
      const begun = await sallyport.app.inject({ url: '/sign-in', headers: { ...home.headers, cookie: sent } });
      const attempt = begun.cookies.find(({ name }) => name.endsWith('attempt'));
      const headers = { ...home.headers, cookie: `${sent}; ${attempt?.name}=${attempt?.value}` };
      return sallyport.app.inject({ url: String(begun.headers.location ?? '/sign-in'), headers });
    };
    for (const values of [
      [value, 'something else'],
      ['something else', value],
      ['x'.repeat(12_000)],
      [`${value}${'A'.repeat(12_000)}`],
    ]) {
      const { statusCode, body } = await asked(...values);
      expect([values[0]?.slice(0, 20), statusCode < 500, /<(button|a) /.test(body)]).toEqual([
        values[0]?.slice(0, 20),
        true,
        true,
      ]);
      expect(await isIn(home)).toBe(false);
    }
  });

  test('whoever is disabled or gone is named in no browser; whoever has another name now, by that', async () => {
    const { gate } = sallyport.house;
    const change = (name: string, to: { disabled_at: number } | { username: string }) =>
      gate.database.transaction((tx) =>
        tx
          .withTables<{ account: { username: string; disabled_at: number | null } }>()
          .updateTable('account')
          .set(to)
          .where('username', '=', name)
          .execute(),
      );
    const { home: renamed } = await kept('ken');
    await change('ken', { username: 'kenneth' });
    await renamed.visit('/sign-in');
    expect([renamed.title, renamed.text.includes('Continue as kenneth')]).toEqual(['Welcome back', true]);

    const { home: disabled } = await kept('lou');
    await change('lou', { disabled_at: 1 });
    await disabled.visit('/sign-in');
    expect([disabled.title, disabled.text.includes('lou')]).toEqual(['Sign in', false]);

    const { home: gone } = await kept('mia');
    await gate.database.transaction((tx) =>
      tx.withTables<{ account: { username: string } }>().deleteFrom('account').where('username', '=', 'mia').execute(),
    );
    await gone.visit('/sign-in');
    expect([gone.title, gone.text.includes('mia'), gone.cookies.get(cookie) ?? '']).toEqual(['Sign in', false, '']);
  });

  test('what was said no to, signed out of or taken back does not live again', async () => {
    const { home } = await kept('hal');
    const before = home.cookies.get(cookie) ?? '';
    await signIn(home, 'hal').catch(() => null);
    await home.visit('/sign-in');
    await send(home, `${home.url}/welcome`, { way: 'usual' });
    await typePassword(home, password);
    if (home.title.startsWith('Create')) await send(home, `${home.url}/offer/passkey`, { answer: 'no' });
    await send(home, '/account/browser', { say: 'out' });
    await post(home, '/account/sign-out', {});
    home.cookies.set(cookie, before);
    await home.visit('/sign-in');
    expect(home.title).toBe('Sign in');
    expect((await rowsOf(sallyport, 'opt_in')).filter(({ account_id }) => account_id === undefined)).toEqual([]);
  });

  test('a browser that is said to be kept many times at once is kept once', async () => {
    const { home } = await withPasskey('max');
    const answers = await atOnce(6, () => post(home, '/account/browser', { say: 'in' }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 303));
    const [account] = (await rowsOf(sallyport, 'account')).filter(({ username }) => username === 'max');
    const kept = (await rowsOf(sallyport, 'opt_in')).filter(({ account_id }) => account_id === account?.['id']);
    expect(kept).toHaveLength(1);
  });

  test('whoever may not, cannot say that a browser is theirs', async () => {
    const { home } = await withPasskey('ida', ['guests']);
    await send(home, '/account/browser', { say: 'in' });
    expect(home.cookies.get(cookie)).toBeUndefined();
    expect(await eventsOf(sallyport, 'ida')).not.toContain('passwordless.opted-in');
  });

  test('whoever made one with somebody’s password is out with it, once that is told or changed', async () => {
    const planted = async (name: string) => {
      const thief = await withPasskey(name);
      const browser = new Browser(sallyport.app);
      return {
        owner: thief.home,
        async getsIn() {
          await browser.visit('/sign-in');
          await answer(browser, thief.key, { userHandle: thief.handle });
          return isIn(browser);
        },
      };
    };
    const told = await planted('kim');
    await post(told.owner, '/account/activity/not-me', {});
    expect(await told.getsIn()).toBe(false);

    const changed = await planted('lee');
    await send(changed.owner, '/account/security/password/set-up', {});
    await typePassword(changed.owner, password);
    await send(changed.owner, `${changed.owner.url}/set-up/password`, { password: 'another horse, another battery' });
    expect(await changed.getsIn()).toBe(false);
  });

  test('before the first proof a name does not tell which rules are for it', async () => {
    const second = ['webauthn'];
    const closed = await openSallyport(kind, {
      policies: [
        { name: 'keys only', when: { groups: ['admins'] }, require: 'phr', methods: { second } },
        { name: 'everybody', require: 'sfa', methods: { second: ['totp'] } },
      ],
    });
    await closed.person('admin', { groups: ['admins'] });
    await closed.person('clerk');
    const seen = [];
    for (const name of ['admin', 'clerk', 'nobody-at-all']) {
      const browser = await typeName(new Browser(closed.app), name);
      seen.push(
        browser.page
          .querySelectorAll('button, a')
          .map((one) => one.textContent.trim())
          .join(),
      );
    }
    expect(new Set(seen).size).toBe(1);
    await closed.close();
  });

  test('a passkey that was offered says nothing about the sign-in it was made in', async () => {
    const { home } = await withPasskey('jo');
    const { statusCode, body } = await home.send('GET', '/session');
    expect([statusCode, (JSON.parse(body) as { level: number }).level]).toEqual([200, 1]);
  });
});

/** What a page that never was would have asked. */
const optionsOnNothing = (): KeyOptions =>
  ({ rp: { id: 'localhost' }, challenge: 'AAAA', user: { id: '' }, pubKeyCredParams: [] }) as never;
