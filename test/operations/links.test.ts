import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, findAccountByName } from '../../src/core/accounts/store.ts';
import { listEntries } from '../../src/core/audit/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { addPerson, disablePerson, giveLink } from '../../src/proving/people.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, secretShown, signIn, typeCode } from '../support/verbs.ts';

const chosen = 'seven quiet herons at dusk';

describe.each(kinds)('a link made on the host, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  const newcomer = async (username: string): Promise<Account> => {
    const person = { username, email: `${username}@example.org`, name: username, groups: [] };
    const account = await addPerson(sallyport.house.gate, host, person);
    if (account === null) throw new Error('taken');
    return account;
  };
  const linkFor = async (account: Account, method = 'password'): Promise<string> => {
    const given = { account, method, lifetime: minutes(15), rescue: true };
    return `/set-up/${await giveLink(sallyport.house.gate, host, given)}`;
  };
  const browser = () => new Browser(sallyport.app);

  test('lets one choose a password once, and signs nobody in', async () => {
    const link = await linkFor(await newcomer('ann'));
    const first = await browser().visit(link);
    expect(first.title).toBe('Set up: Password');
    await first.press('Begin');
    expect(first.title).toBe('Choose a new password');
    await first.press('Save password', { password: 'too short' });
    expect(first.wrong).toMatch(/too short/);
    await first.press('Save password', { password: chosen });
    expect(first.title).toBe('That is done');
    expect([...first.cookies.keys()]).toEqual(['__Host-attempt']);
    await first.visit('/account');
    expect(first.url).not.toBe('/account');

    expect((await signIn(browser(), 'ann', chosen)).url).toBe('/account');
    await first.visit(link);
    expect(first.response.statusCode).toBe(410);
    expect(first.title).toBe('This link does not work any more');
  });

  test('is not used up by whoever only looks at it', async () => {
    const link = await linkFor(await newcomer('bob'));
    for (let look = 0; look < 5; look++) expect((await browser().visit(link)).response.statusCode).toBe(200);
    expect((await browser().visit(`${link}/now`)).response.statusCode).toBe(410);
    const mine = await browser().visit(link);
    await mine.press('Begin');
    expect(mine.title).toBe('Choose a new password');
  });

  test('belongs to the browser that began with it', async () => {
    const link = await linkFor(await newcomer('cleo'));
    const mine = await browser().visit(link);
    const theirs = await browser().visit(link);
    await mine.press('Begin');
    await theirs.press('Begin');
    expect(theirs.response.statusCode).toBe(410);
    expect((await browser().visit(link)).response.statusCode).toBe(410);
    await mine.press('Save password', { password: chosen });
    expect(mine.title).toBe('That is done');
  });

  test('of two answers at the same time one counts', async () => {
    const account = await newcomer('dora');
    const mine = await browser().visit(await linkFor(account));
    await mine.press('Begin');
    const csrf = mine.page.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
    const answers = await Promise.all(
      [0, 1, 2, 3].map((n) =>
        mine.send('POST', mine.url, new URLSearchParams({ _csrf: csrf, password: `${chosen} ${n}` }).toString()),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410, 410, 410]);
  });

  test('needs the form of our own page', async () => {
    const mine = await browser().visit(await linkFor(await newcomer('emil')));
    await mine.press('Begin');
    const sent = await mine.send('POST', mine.url, new URLSearchParams({ password: chosen }).toString());
    expect(sent.statusCode).toBe(403);
  });

  test('is worth nothing after its time, after a newer one, and for whoever is disabled', async () => {
    const account = await newcomer('finn');
    const first = await linkFor(account);
    const second = await linkFor(account);
    expect((await browser().visit(first)).response.statusCode).toBe(410);
    expect((await browser().visit(second)).response.statusCode).toBe(200);
    sallyport.clock.pass(minutes(15));
    expect((await browser().visit(second)).response.statusCode).toBe(410);
    const third = await linkFor(account);
    await disablePerson(sallyport.house.gate, host, account.id);
    expect((await browser().visit(third)).response.statusCode).toBe(410);
  });

  test('sets an authenticator app up, ends every session, is written down and told', async () => {
    await sallyport.person('gwen', { role: 'system-administrator' });
    await sallyport.person('hugo', { role: 'system-administrator' });
    const { gate } = sallyport.house;
    const before = await signIn(browser(), 'gwen');
    const account = await findAccountByName(gate.database.read, 'gwen');
    const mine = await browser().visit(await linkFor(account as Account, 'totp'));
    await mine.press('Begin');
    const secret = secretShown(mine);
    await typeCode(mine, codeFor(sallyport, secret));
    expect(mine.title).toBe('That is done');

    await before.visit('/account');
    expect(before.url).not.toBe('/account');
    const entries = await listEntries(gate.database.read, (account as Account).id, 50);
    expect(entries.find(({ event }) => event === 'account.rescued')).toMatchObject({ actor: 'host' });
    const told = (await listMessages(gate, 50)).filter(
      (message) => message.channel === 'mail' && message.letter.subject.startsWith('A rescue'),
    );
    expect(told.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining(['gwen@example.org', 'hugo@example.org']),
    );

    sallyport.clock.pass(30_000);
    const again = await signIn(browser(), 'gwen');
    await typeCode(again, codeFor(sallyport, secret));
    expect(again.title).toMatch(/backup codes/);
  });
});
