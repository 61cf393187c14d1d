import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator, type Forged, type Traits } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, secretShown, signIn, typeCode } from '../support/verbs.ts';
import { keysTaken } from '../support/virtual-key.ts';
import { atOnce, copyOf, halfway, isIn, type KeyOptions, optionsOn, post, rowsOf, tokenOn } from './tools.ts';

const device = (authenticator: Authenticator): string =>
  authenticator.traits.attachment === 'platform' ? 'this-device' : 'security-key';

/** Comes to the page that sets a key up. */
async function toSetUp(browser: Browser): Promise<Browser> {
  await browser.visit('/account/security');
  await post(browser, '/account/security/webauthn/set-up', {}).then(({ headers }) =>
    browser.visit(String(headers.location)),
  );
  return browser;
}

/** Answers the page that sets a key up, as a person does or as somebody who is no browser. */
async function setUp(
  browser: Browser,
  authenticator: Authenticator,
  forged: Forged = {},
  kind = device(authenticator),
) {
  const response = authenticator.create(optionsOn(browser, kind), forged);
  const answer = await post(browser, `${browser.url}/set-up/webauthn`, { kind, response });
  return browser.visit(String(answer.headers.location ?? browser.url));
}

const prove = (browser: Browser, response: string) => post(browser, `${browser.url}/prove/webauthn`, { response });

describe.each(kinds)('security keys, on %s', (kind) => {
  let sallyport: Sallyport;
  const origin = 'http://localhost:4000';
  const open = (webauthn: object = {}) => openSallyport(kind, { ...keysTaken, methods: { webauthn } });
  beforeAll(async () => {
    sallyport = await open();
  });
  afterAll(() => sallyport.close());

  /** Somebody with a key, signed in at home. */
  async function owner(name: string, traits: Partial<Traits> = {}, house = sallyport) {
    await house.person(name);
    const key = new Authenticator(origin, traits);
    const home = await toSetUp(await signIn(new Browser(house.app), name));
    await setUp(home, key);
    if (home.title.includes('codes')) await home.press('Continue', { stored: 'yes' });
    return { key, home };
  }
  const keysOf = async (house = sallyport) => (await rowsOf(house, 'webauthn')).length;

  test('a key signs in, and its answer does so once', async () => {
    const { key } = await owner('ann');
    const [here, there] = [await halfway(sallyport, 'ann'), await halfway(sallyport, 'ann')];
    const response = key.get(optionsOn(here, 'any'));
    await prove(here, response);
    expect(await isIn(here)).toBe(true);
    await prove(there, response);
    expect(await isIn(there)).toBe(false);
  });

  test('T40: where only keys are taken, no browser that says it knows none is led to anything less', async () => {
    const onlyKeys = await openSallyport(kind, { policies: [{ name: 'everybody', require: 'phr' }] });
    await onlyKeys.person('ann');
    const key = new Authenticator(origin);
    const home = await signIn(new Browser(onlyKeys.app), 'ann');
    await setUp(home, key);
    await home.press('Continue', { stored: 'yes' });
    await home.visit('/account/security');
    await home.press('Set up: Authenticator app');
    const secret = secretShown(home);
    await typeCode(home, codeFor(onlyKeys, secret));
    onlyKeys.clock.pass(30_000);
    for (const agent of ['Mozilla/5.0 (compatible; MSIE 9.0)', 'Mozilla/5.0 (X11; Linux) Safari/5.0', '']) {
      const browser = await halfway(onlyKeys, 'ann', { 'user-agent': agent });
      expect(optionsOn(browser, 'any')).toBeDefined();
      for (const [to, fields] of [
        ['choose', { method: 'totp' }],
        ['prove/totp', { code: codeFor(onlyKeys, secret) }],
        ['choose', { method: 'backup-codes' }],
        ['other-way', {}],
        ['prove/totp', { code: codeFor(onlyKeys, secret) }],
      ] as const)
        await post(browser, `${browser.url}/${to}`, fields);
      await browser.visit(browser.url);
      expect([agent, await isIn(browser), browser.text.includes('Authenticator app')]).toEqual([agent, false, false]);
    }
    await onlyKeys.close();
  });

  test('T22: an answer without a PIN does not do where one was asked for', async () => {
    const strict = await open({ userVerification: 'required' });
    const { key } = await owner('ann', {}, strict);
    const browser = await halfway(strict, 'ann');
    const options = optionsOn(browser, 'any');
    await prove(browser, key.get(options, { flip: 4 }));
    expect(await isIn(browser)).toBe(false);
    await browser.visit(browser.url);
    await prove(browser, key.get(optionsOn(browser, 'any')));
    expect(await isIn(browser)).toBe(true);
    await strict.close();
  });

  test('T23: what the settings do not take is not taken, whatever the page was told', async () => {
    const banned = 'bada5566-a7aa-401f-bd96-45619a55120d';
    const strict = await open({ devices: ['security-key'], deny: [banned], algorithms: ['ES256'] });
    await strict.person('ann');
    const home = await toSetUp(await signIn(new Browser(strict.app), 'ann'));
    const forgeries: readonly [Partial<Traits>, Forged][] = [
      [{ algorithm: -65535 }, {}],
      [{ algorithm: -257 }, {}],
      [{ aaguid: banned }, {}],
      [{ attachment: 'platform' }, {}],
      [{}, { attachment: 'neither' }],
    ];
    for (const [traits, forged] of forgeries) {
      await setUp(home, new Authenticator(origin, traits), forged, 'security-key');
      expect([traits, await keysOf(strict)]).toEqual([traits, 0]);
    }
    await setUp(home, new Authenticator(origin), {}, 'security-key');
    expect(await keysOf(strict)).toBe(1);
    await strict.close();
  });

  test('T24: a key lets nobody in but its owner', async () => {
    const { key: mine } = await owner('bob');
    const { key: theirs } = await owner('cleo');
    const answers: readonly ((options: KeyOptions) => string)[] = [
      (options) => theirs.get(options),
      // The right id, signed by another; the right key, for somebody else.
      (options) => theirs.get(options, { id: mine.keys[0]?.id.toString('base64url') ?? '' }),
      (options) => mine.get(options, { userHandle: theirs.keys[0]?.userHandle ?? '' }),
    ];
    for (const answer of answers) {
      const browser = await halfway(sallyport, 'bob');
      await prove(browser, answer(optionsOn(browser, 'any')));
      expect(await isIn(browser)).toBe(false);
    }
    // Who has none is let in by nobody’s.
    await sallyport.person('dora');
    const browser = await halfway(sallyport, 'dora');
    const options = { challenge: 'AAAA', rpId: 'localhost' } as KeyOptions;
    const before = (await rowsOf(sallyport, 'session')).length;
    await post(browser, `${browser.url}/prove/webauthn`, { response: mine.get(options) });
    expect((await rowsOf(sallyport, 'session')).length).toBe(before);
  });

  test('T24: a key that is somebody’s already is nobody else’s', async () => {
    const { key } = await owner('eve');
    const before = await keysOf();
    await sallyport.person('fay');
    const home = await toSetUp(await signIn(new Browser(sallyport.app), 'fay'));
    const options = optionsOn(home, 'security-key');
    const made = key.keys[0];
    if (made === undefined) throw new Error('no key');
    const response = new Authenticator(origin).create(options, { copyOf: made });
    await post(home, `${home.url}/set-up/webauthn`, { kind: 'security-key', response });
    expect(await keysOf()).toBe(before);
  });

  test('T26: a challenge is for one ceremony, and answers once', async () => {
    const { key, home } = await owner('gil');
    await toSetUp(home);
    const forSetUp = optionsOn(home, 'security-key');
    const browser = await halfway(sallyport, 'gil');
    const forSignIn = optionsOn(browser, 'any');
    expect(forSetUp.challenge).not.toBe(forSignIn.challenge);
    // That of a set-up does not sign in, and that of a sign-in sets nothing up.
    await prove(browser, key.get({ ...forSignIn, challenge: forSetUp.challenge }));
    expect(await isIn(browser)).toBe(false);
    const before = await keysOf();
    const response = new Authenticator(origin).create({ ...forSetUp, challenge: forSignIn.challenge });
    await post(home, `${home.url}/set-up/webauthn`, { kind: 'security-key', response });
    expect(await keysOf()).toBe(before);
    // It was answered, wrongly: the right answer to it comes too late.
    await prove(browser, key.get(forSignIn));
    expect(await isIn(browser)).toBe(false);
  });

  test('T26: a page that is opened again keeps its challenge, and a new one comes in time', async () => {
    const { key } = await owner('hal');
    const browser = await halfway(sallyport, 'hal');
    const { challenge } = optionsOn(browser, 'any');
    await browser.visit(browser.url);
    expect(optionsOn(browser, 'any').challenge).toBe(challenge);
    sallyport.clock.pass(4 * 60_000);
    await browser.visit(browser.url);
    expect(optionsOn(browser, 'any').challenge).not.toBe(challenge);
    const response = key.get(optionsOn(browser, 'any'));
    sallyport.clock.pass(5 * 60_000);
    await prove(browser, response);
    expect(await isIn(browser)).toBe(false);
  });

  test('T26: ten answers at once make one session at most', async () => {
    const { key } = await owner('ida');
    const browser = await halfway(sallyport, 'ida');
    const to = `${browser.url}/prove/webauthn`;
    const answers = Array.from({ length: 10 }, () => key.get(optionsOn(browser, 'any')));
    const copies = answers.map(() => copyOf(browser));
    const _csrf = tokenOn(browser);
    await atOnce(10, (n) => {
      const body = new URLSearchParams({ _csrf, response: answers[n] ?? '' });
      return (copies[n] as Browser).send('POST', to, body.toString());
    });
    expect((await Promise.all(copies.map(isIn))).filter(Boolean).length).toBeLessThan(2);
  });

  test('a key whose count stands still is a copy, and is not taken', async () => {
    const { key } = await owner('jon');
    const browser = await halfway(sallyport, 'jon');
    await prove(browser, key.get(optionsOn(browser, 'any'), { count: 1 }));
    expect(await isIn(browser)).toBe(false);
    await browser.visit(browser.url);
    expect(browser.wrong).toContain('is not accepted here');
    await prove(browser, key.get(optionsOn(browser, 'any')));
    expect(await isIn(browser)).toBe(true);
  });
});
