import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';
import { addresses, askToRemove, copyOf, halfway, isIn, owner, post, tokenOn } from './tools.ts';

describe.each(kinds)('a sign-in that is not finished, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('T01: its cookie is taken nowhere but on the sign-in pages, as whatever it is sent', async () => {
    await owner(sallyport, 'ann');
    const pending = await halfway(sallyport, 'ann');
    const secret = pending.cookies.get('__Host-attempt') ?? '';
    const attempt = pending.url.split('/')[2] ?? '';
    const basic = Buffer.from(`ann:${secret}`).toString('base64');
    const disguises: Record<string, Record<string, string>> = {
      attempt: { cookie: `__Host-attempt=${secret}` },
      session: { cookie: `__Host-session=${secret}` },
      both: { cookie: `__Host-session=${secret}; __Host-attempt=${secret}` },
      bearer: { authorization: `Bearer ${secret}` },
      basic: { authorization: `Basic ${basic}` },
    };
    const guarded = addresses(sallyport, { attempt, method: 'totp', language: 'en' });
    const tries = guarded.flatMap((address) =>
      Object.entries(disguises)
        // On the sign-in pages it is what it says it is.
        .filter(([, { cookie = '' }]) => address.route.binding !== 'attempt' || !cookie.includes('__Host-attempt'))
        .map(([disguise, headers]) => ({ ...address, disguise, headers })),
    );
    for (const { route, url, name, disguise, headers } of tries) {
      const body = route.method === 'POST' ? `_csrf=${tokenOn(pending)}` : undefined;
      const theirs = await new Browser(sallyport.app).send(route.method, url, body);
      const ours = await new Browser(sallyport.app).send(route.method, url, body, headers);
      expect([name, disguise, ours.statusCode]).toEqual([name, disguise, theirs.statusCode]);
      expect(ours.cookies.map((cookie) => cookie.name)).not.toContain('__Host-session');
    }
  });

  test('T01: on the sign-in pages it does not stand for the session it goes on with', async () => {
    const { home } = await owner(sallyport, 'amy');
    sallyport.clock.pass(6 * 60_000);
    await askToRemove(home);
    expect(home.title).toBe('Enter the code from your app');
    const stolen = copyOf(home, ['__Host-attempt']);
    await stolen.visit(home.url);
    expect(stolen.title).toBe('Enter your password');
    await post(stolen, `${home.url}/continue`, {});
    expect(await isIn(stolen)).toBe(false);
  });

  test('T02: after the password alone no cookie is given that signs anybody in', async () => {
    await owner(sallyport, 'bea');
    const pending = await halfway(sallyport, 'bea');
    expect([...pending.cookies.keys()]).toEqual(['__Host-attempt']);
    for (const value of pending.cookies.values()) {
      const replay = new Browser(sallyport.app);
      replay.cookies.set('__Host-session', value);
      expect(await isIn(replay)).toBe(false);
    }
  });

  test('T03: left alone until it expires, it asks for the password again', async () => {
    const { secret } = await owner(sallyport, 'cleo');
    const pending = await halfway(sallyport, 'cleo');
    const { url } = pending;
    sallyport.clock.pass(10 * 60_000);
    await pending.visit(url);
    expect(pending.response.statusCode).toBe(410);
    const late = await post(pending, `${url}/prove/totp`, { code: codeFor(sallyport, secret) });
    expect(late.statusCode).not.toBe(200);
    expect(await isIn(pending)).toBe(false);
    await pending.visit(`/sign-in?again=${url.split('/')[2]}`);
    expect(pending.title).toBe('Sign in');
  });

  test('T03: kept alive by clicks it still ends after an hour', async () => {
    await owner(sallyport, 'cora');
    const pending = await halfway(sallyport, 'cora');
    for (let minutes = 0; minutes < 60; minutes += 9) {
      sallyport.clock.pass(9 * 60_000);
      await pending.press('Try another way').catch(() => undefined);
    }
    await pending.visit(pending.url);
    expect(pending.response.statusCode).toBe(410);
  });

  test('T04: an empty form, or one with a field missing, leads nowhere', async () => {
    await owner(sallyport, 'dora');
    const pending = await halfway(sallyport, 'dora');
    const { url } = pending;
    const before = pending.title;
    for (const act of ['identify', 'prove/totp', 'prove/password', 'prove/backup-codes', 'set-up/totp', 'continue']) {
      await post(pending, `${url}/${act}`, {});
      expect(await isIn(pending)).toBe(false);
      await pending.visit(url);
      expect([act, pending.title]).toEqual([act, before]);
    }
  });

  test('T04: a way that is not offered cannot be chosen, set up or answered', async () => {
    const { secret } = await owner(sallyport, 'eve');
    const pending = await signIn(new Browser(sallyport.app), 'eve', 'not the password of eve');
    const { url } = pending;
    const totp = sallyport.house.gate.methods.get('totp');
    const check = vi.spyOn(totp as LiveMethod, 'check');
    await post(pending, `${url}/choose`, { method: 'totp' });
    await pending.visit(url);
    expect(pending.title).toBe('Enter your password');
    await post(pending, `${url}/prove/totp`, { code: codeFor(sallyport, secret) });
    await post(pending, `${url}/set-up/totp`, { code: codeFor(sallyport, secret) });
    await post(pending, `${url}/set-up/password`, { password: 'a password of the attacker' });
    expect(check).not.toHaveBeenCalled();
    check.mockRestore();
    expect(await isIn(pending)).toBe(false);
    await pending.visit(url);
    expect(pending.title).toBe('Enter your password');
  });

  test('the cookie of before a proof is dead after it', async () => {
    const { secret } = await owner(sallyport, 'fay');
    const pending = await signIn(new Browser(sallyport.app), 'fay', 'not the password of fay');
    const beforePassword = copyOf(pending);
    await pending.press('Continue', { password: 'correct horse battery staple' });
    const beforeCode = copyOf(pending);
    expect((await beforePassword.visit(pending.url)).response.statusCode).toBe(410);
    await typeCode(pending, codeFor(sallyport, secret));
    expect(pending.url).toBe('/account');
    expect(await isIn(beforeCode)).toBe(false);
  });
});
