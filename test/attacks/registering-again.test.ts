import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountId, findAccountByName } from '../../src/core/accounts/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { base32Of } from '../../src/otp/codes.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, type Kept, typeCode } from '../support/verbs.ts';
import { atOnce, copyOf, letters, owner, post, rowsOf } from './tools.ts';

/** A PIN is registered twice: by one press too many, by two at once, or again on purpose. */
describe.each(kinds)('registering a PIN again, on %s', (kind) => {
  let sallyport: Sallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { realms: [{ id: 'tracker', name: 'Tracker' }] });
  });
  afterAll(() => sallyport.close());

  const administrator = async () => owner(sallyport, `ada-${people++}`, { role: 'system-administrator' });
  const somebody = async (): Promise<{ name: string; id: AccountId; to: string }> => {
    const name = `bob-${people++}`;
    const id = await sallyport.person(name);
    return { name, id, to: `/admin/people/${id}/pin` };
  };
  const keyOf = (whom: string) => base32Of(Buffer.from(`made for ${whom}`.padEnd(20, '.')));
  const form = (key: string) => ({
    'at.tracker': 'yes',
    reason: 'a new phone',
    do: 'create',
    key,
    code: codeFor(sallyport, key),
  });
  const registered = async (id: AccountId) =>
    (await rowsOf(sallyport, 'totp')).filter((row) => row['account_id'] === id && row['registered'] === 1);
  /** Chooses, proves that it is they after all this time, and stands before the key. */
  async function toTheKey(home: Browser, { secret }: Pick<Kept, 'secret'>, to: string): Promise<void> {
    await home.visit(to);
    await home.press('Go on to the key', { 'at.tracker': 'yes', reason: 'a new phone' });
    if (home.url.startsWith('/sign-in/')) {
      sallyport.clock.pass(30_000);
      await typeCode(home, codeFor(sallyport, secret));
      await home.press('Continue');
    }
  }

  test('of ten presses at once one keeps it, and its person is told once', async () => {
    const { home } = await administrator();
    const { name, id, to } = await somebody();
    await home.visit(to);
    const sent = form(keyOf(name));
    const answers = await atOnce(10, () => post(home, to, sent));
    expect(answers.map(({ statusCode }) => statusCode).filter((code) => code >= 400)).toEqual([]);
    expect((await registered(id)).length).toBe(1);
    expect(await letters(sallyport, `${name}@example.org`)).toEqual(['A PIN was registered for you']);
  });

  test('of two who are given the same key at once, one has it', async () => {
    const [one, other] = [await administrator(), await administrator()];
    const [ruth, rob] = [await somebody(), await somebody()];
    await one.home.visit(ruth.to);
    await other.home.visit(rob.to);
    const sent = form(keyOf(`both-${people}`));
    await Promise.all([post(one.home, ruth.to, sent), post(other.home, rob.to, sent)]);
    expect([...(await registered(ruth.id)), ...(await registered(rob.id))].length).toBe(1);
  });

  test('somebody who lost the device at once is registered anew, by the same words, with the new key', async () => {
    const { home, secret } = await administrator();
    const { name, id, to } = await somebody();
    sallyport.clock.pass(minutes(6));
    for (const key of [keyOf(`${name}, first`), keyOf(`${name}, second`)]) {
      await toTheKey(home, { secret }, to);
      await home.press('Create user', { key, code: codeFor(sallyport, key) });
      expect(home.title).toBe(`${name} is registered`);
      sallyport.clock.pass(30_000);
    }
    const seeds = (await rowsOf(sallyport, 'audit')).filter(
      ({ event, account_id }) => event === 'pin.registered' && account_id === id,
    );
    expect([seeds.length, (await registered(id)).length]).toEqual([2, 1]);
  });

  test('without the proof, or with somebody else’s, nothing is kept', async () => {
    const [mine, theirs] = [await administrator(), await administrator()];
    const { name, id, to } = await somebody();
    sallyport.clock.pass(minutes(6));
    await toTheKey(theirs.home, theirs, to);
    await mine.home.visit(to);
    const thief = copyOf(mine.home);
    for (const cookie of theirs.home.cookies.keys())
      if (/proof/.test(cookie)) thief.cookies.set(cookie, theirs.home.cookies.get(cookie) ?? '');
    await thief.visit(to);
    const stranger = await new Browser(sallyport.app).visit('/sign-in');
    for (const browser of [mine.home, thief, stranger]) {
      const { statusCode, headers } = await post(browser, to, form(keyOf(name)));
      // Nobody has to sign in first; whoever has shown nothing for it is sent to show it.
      const away = browser === stranger ? [401, undefined] : [303, expect.stringMatching(/^\/sign-in\//)];
      expect([statusCode, headers['location']]).toEqual(away);
    }
    expect(await registered(id)).toEqual([]);
    expect((await findAccountByName(sallyport.house.gate.database.read, name))?.id).toBe(id);
  });
});
