import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { hours } from '../../src/kernel/clock.ts';
import { answerJoining } from '../../src/proving/joining.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';
import { atOnce, isIn, rowsOf } from './tools.ts';

const chosen = 'four quiet ponies on a hill';
const sent = 'Look at your email';

describe.each(kinds)('an account one makes for oneself, on %s', (kind) => {
  let sallyport: Sallyport;
  let people = 0;
  beforeAll(async () => {
    const joining = { offered: true, domains: ['example.org', 'bücher.example'], groups: ['joined'] };
    sallyport = await openSallyport(kind, { joining });
  });
  afterAll(() => sallyport.close());

  const gate = () => sallyport.house.gate;
  const somebody = () => `joiner-${people++}@example.org`;
  async function ask(email: string, from = new Browser(sallyport.app)): Promise<Browser> {
    sallyport.clock.pass(hours(1));
    await from.visit('/join');
    return from.press('Send the link', { email });
  }
  const lettersTo = async (email: string) =>
    (await listMessages(gate(), 1000)).flatMap((one) =>
      one.channel === 'mail' && one.recipient === email ? [one.letter] : [],
    );
  async function linkTo(email: string): Promise<string> {
    await answerJoining(gate());
    return new URL((await lettersTo(email))[0]?.link?.to ?? 'http://localhost/no-link').pathname;
  }
  /** From nothing to the page where a password is chosen. */
  async function joined(email: string, name = 'Jo Joiner'): Promise<Browser> {
    const from = await ask(email);
    await from.visit(await linkTo(email));
    return from.press('Create account', { name });
  }
  const accountOf = (email: string) => findAccountByName(gate().database.read, email);

  test('their mailbox and a password they choose let them in, in the group of those who came so', async () => {
    const email = somebody();
    const from = await joined(email);
    expect(from.url).toMatch(/^\/set-up\//);
    await from.press('Begin');
    await from.press('Save password', { password: chosen });
    expect(await isIn(await signIn(new Browser(sallyport.app), email, chosen))).toBe(true);
    const account = await accountOf(email);
    expect(account).toMatchObject({ username: email, email, name: 'Jo Joiner', groups: ['joined'], role: null });
    const entry = (await rowsOf(sallyport, 'audit')).find(
      ({ event, account_id }) => event === 'account.added' && account_id === account?.id,
    );
    expect(entry).toMatchObject({ actor: account?.id });
  });

  test('nothing is made by asking, nor by looking at the link', async () => {
    const email = somebody();
    await ask(email);
    await new Browser(sallyport.app).visit(await linkTo(email));
    expect(await accountOf(email)).toBeNull();
  });

  test('a link works once, however many come with it at the same moment', async () => {
    const email = somebody();
    await ask(email);
    const path = await linkTo(email);
    const answers = await atOnce(5, async () => {
      const from = new Browser(sallyport.app);
      await from.visit(path);
      return from.press('Create account', { name: 'Jo' }).catch(() => from);
    });
    expect(answers.filter(({ url }) => url.startsWith('/set-up/'))).toHaveLength(1);
    expect((await new Browser(sallyport.app).visit(path)).response.statusCode).toBe(410);
  });

  test('the link before is worth nothing once there is another, and the last only for a day', async () => {
    const email = somebody();
    await ask(email);
    const first = await linkTo(email);
    await ask(email);
    const second = await linkTo(email);
    const status = async (path: string) => (await new Browser(sallyport.app).visit(path)).response.statusCode;
    expect([await status(first), await status(second)]).toEqual([410, 200]);
    const late = await new Browser(sallyport.app).visit(second);
    sallyport.clock.pass(hours(24));
    expect(await status(second)).toBe(410);
    await late.press('Create account', { name: 'Late' });
    expect([late.response.statusCode, await accountOf(email)]).toEqual([410, null]);
  });

  test('T44: whoever has an account already is written so, and the page says the same as to everybody', async () => {
    await sallyport.person('known');
    const asked = [await ask('known@example.org'), await ask(somebody()), await ask('KNOWN@example.org')];
    expect(new Set(asked.map(({ response: { body } }) => body.replaceAll(/nonce-?[="'\w+/-]*/g, ''))).size).toBe(1);
    expect(asked.map(({ title }) => title)).toEqual([sent, sent, sent]);
    await answerJoining(gate());
    expect((await lettersTo('known@example.org')).map(({ subject }) => subject)).toEqual([
      'You have an account already',
    ]);
  });

  test('whoever is shut out is not let in by another account, and hears nothing', async () => {
    const id = await sallyport.person('shut');
    await gate().database.transaction((tx) => saveDisabled(tx, id, gate().clock.now()));
    await ask('shut@example.org');
    await answerJoining(gate());
    expect(await lettersTo('shut@example.org')).toEqual([]);
  });

  test('an address that became somebody’s meanwhile is theirs', async () => {
    await ask('later@example.org');
    const path = await linkTo('later@example.org');
    const id = await sallyport.person('later');
    const from = new Browser(sallyport.app);
    await from.visit(path);
    await from.press('Create account', { name: 'Thief' });
    expect([from.response.statusCode, from.title]).toEqual([409, 'There is an account already']);
    expect((await accountOf('later@example.org'))?.id).toBe(id);
  });

  test.each([
    'eve@example.net',
    'eve@sub.example.org',
    'eve@example.org.evil.test',
    'eve@evil.test@example.org',
    'eve@example.org,eve@evil.test',
    '"eve@evil.test"@example.org',
    'eve@example.org\r\nBcc: all@evil.test',
    `${'e'.repeat(60)}@example.org`,
    'eve',
  ])('no letter goes to %j', async (email) => {
    const before = (await rowsOf(sallyport, 'join_request')).length;
    const from = new Browser(sallyport.app);
    await from.visit('/join');
    await from.press('Send the link', { email });
    expect(from.title).not.toBe(sent);
    expect(from.response.statusCode).toBeGreaterThanOrEqual(400);
    expect((await rowsOf(sallyport, 'join_request')).length).toBe(before);
  });

  test('a domain is the same however it is written', async () => {
    expect((await ask('jo@BÜCHER.example')).title).toBe(sent);
    expect((await ask('jo@xn--bcher-kva.example')).title).toBe(sent);
  });

  test('one mailbox gets four letters in an hour, and one network sixteen, however often they asked before', async () => {
    const email = somebody();
    sallyport.clock.pass(hours(1));
    for (let n = 0; n < 6; n++) {
      const from = new Browser(sallyport.app);
      await from.visit('/join');
      expect((await from.press('Send the link', { email })).title).toBe(sent);
    }
    await answerJoining(gate());
    expect(await lettersTo(email)).toHaveLength(4);
    for (let n = 0; n < 20; n++) {
      const from = new Browser(sallyport.app);
      await from.visit('/join');
      await from.press('Send the link', { email: somebody() });
    }
    expect(await rowsOf(sallyport, 'join_request')).toHaveLength(16 - 4);
  });
});

test.each(kinds)('where it is not offered there is no such page, and no link of before serves, on %s', async (kind) => {
  const sallyport = await openSallyport(kind);
  const from = await new Browser(sallyport.app).visit('/sign-in');
  expect(from.response.body).not.toContain('/join');
  for (const path of ['/join', `/join/${'A'.repeat(43)}`])
    expect((await new Browser(sallyport.app).visit(path)).response.statusCode).toBe(404);
  await sallyport.close();
});
