import { Attribute, Change } from 'ldapts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { host } from '../../src/proving/office.ts';
import { disablePerson, giveLink } from '../../src/proving/people.ts';
import { type Authority, makeAuthority } from '../support/authority.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { directoryAt, dnOf, entries, groups, people, secretOf } from '../support/offices.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode, typePassword } from '../support/verbs.ts';
import { atOnce, programToken, rowsOf } from './tools.ts';

const uids = ['ada', 'ben', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy', 'jon', 'kim'];

describe.each(kinds)('people of a directory, on %s', (kind) => {
  let authority: Authority;
  let slapd: Slapd;
  let sallyport: Sallyport;
  beforeAll(async () => {
    authority = makeAuthority();
    slapd = await startSlapd(authority, entries(...uids));
    const mayComeIn = { filter: '(!(employeeType=left))' };
    const policies = [
      { name: 'engineers', when: { groups: ['engineering'] }, require: 'mfa-if-owned' },
      { name: 'everybody', require: 'mfa-if-owned' },
    ];
    sallyport = await openSallyport(kind, { ...directoryAt(authority, [slapd.plain], mayComeIn), policies });
  });
  afterAll(async () => {
    await sallyport.close();
    await slapd.stop();
  });

  const comes = (uid: string, typed = secretOf(uid)) => signIn(new Browser(sallyport.app), uid, typed);
  const account = (name: string) => findAccountByName(sallyport.house.gate.database.read, name);
  const set = (uid: string, type: string, ...values: string[]) =>
    slapd.change((client) =>
      client.modify(dnOf(uid), new Change({ operation: 'replace', modification: new Attribute({ type, values }) })),
    );

  test('sign in by user name or address, with the password they have there, and are in the groups of their groups', async () => {
    expect((await comes('ada')).url).toBe('/account');
    expect((await comes('ada@example.org', secretOf('ada'))).url).toBe('/account');
    expect(await account('ada')).toMatchObject({
      username: 'ada',
      email: 'ada@example.org',
      name: 'ada Example',
      groups: ['backend', 'engineering', 'staff'],
    });
  });

  test('come for the first time in three tabs at once, and are one', async () => {
    const tabs = await atOnce(3, () => comes('kim'));
    expect(tabs.map(({ url }) => url)).toEqual(tabs.map(() => '/account'));
    expect((await rowsOf(sallyport, 'account')).filter(({ username }) => username === 'kim')).toHaveLength(1);
  });

  test('are refused with another password, and with none', async () => {
    expect((await comes('ada', 'not what ada knows')).wrong).toMatch(/didn’t work/);
    expect((await comes('ada', '')).url).toMatch(/^\/sign-in\//);
    expect((await comes('nobody-at-all', '')).url).toMatch(/^\/sign-in\//);
  });

  test.each(['*', 'a*', 'ada)(uid=*', 'ada\\2a', '(&)'])(
    'are nobody by what a filter would read: %s',
    async (typed) => {
      const browser = await comes(typed, secretOf('ada'));
      expect(browser.wrong).toMatch(/didn’t work/);
      expect(await account(typed)).toBeNull();
    },
  );

  test('set up a second factor here, and are asked for it from then on', async () => {
    const { secret } = await setUpAuthenticator(sallyport, await comes('ben'));
    const browser = await comes('ben');
    expect(browser.title).toBe('Enter the code from your app');
    expect((await typeCode(browser, codeFor(sallyport, secret))).url).toBe('/account');
  });

  test('change their password there: here there is none to change, to set or to get back', async () => {
    const browser = await comes('cyd');
    await browser.visit('/account/security');
    expect(browser.text).toContain('In the directory');
    expect(browser.page.querySelector('[href*="/password/"], [action*="/password/"]')).toBeNull();
    const cyd = await account('cyd');
    if (cyd === null) throw new Error('cyd is nobody');
    const link = { account: cyd, method: 'password', lifetime: minutes(5), rescue: true };
    await browser.visit(`/set-up/${await giveLink(sallyport.house.gate, host, link)}`);
    await browser.press('Begin');
    await browser.press('Save password', { password });
    expect(browser.text).toContain('keeps your password');
    expect((await comes('cyd', password)).wrong).toMatch(/didn’t work/);
  });

  test('are shut out once they are taken out there: their session ends, and comes back no more', async () => {
    const browser = await comes('dan');
    await set('dan', 'employeeType', 'left');
    expect((await comes('dan')).wrong).toMatch(/didn’t work/);
    await browser.visit('/account');
    expect(browser.url).toMatch(/^\/sign-in\//);
    await set('dan', 'employeeType', 'works here');
    expect((await comes('dan')).url).toBe('/account');
  });

  test('are right by no PIN that an application asks about, once they are taken out there', async () => {
    const token = await programToken(sallyport, { name: 'form', scopes: ['otp:verify'] });
    const { secret } = await setUpAuthenticator(sallyport, await comes('jon'));
    const ask = async () => {
      sallyport.clock.pass(30_000);
      const headers = { host: 'localhost:4000', authorization: `Bearer ${token}` };
      const payload = { user: 'jon', otp: codeFor(sallyport, secret) };
      const { body } = await sallyport.app.inject({ method: 'POST', url: '/api/v1/otp/verify', headers, payload });
      return (JSON.parse(body) as { valid: boolean }).valid;
    };
    expect(await ask()).toBe(true);
    await set('jon', 'employeeType', 'left');
    expect(await ask()).toBe(false);
  });

  test('lose a session that nobody came to end within five minutes', async () => {
    const browser = await comes('eve');
    await slapd.change((client) => client.del(dnOf('eve')));
    sallyport.clock.pass(minutes(4));
    await browser.visit('/account');
    expect(browser.url).toBe('/account');
    sallyport.clock.pass(minutes(2));
    await browser.visit('/account');
    expect(browser.url).toMatch(/^\/sign-in\//);
  });

  test('stay kept out by whoever kept them out here, whatever the directory says', async () => {
    await comes('fay');
    const { gate } = sallyport.house;
    const id = (await account('fay'))?.id;
    if (id === undefined) throw new Error('fay is nobody');
    await disablePerson(gate, host, id);
    sallyport.clock.pass(minutes(1));
    await set('fay', 'employeeType', 'left');
    await comes('fay');
    sallyport.clock.pass(minutes(1));
    await set('fay', 'employeeType', 'works here');
    expect((await comes('fay')).wrong).toMatch(/didn’t work/);
  });

  test('are who they were when they are renamed and moved', async () => {
    await comes('gus');
    const before = await account('gus');
    await slapd.change(async (client) => {
      await client.modifyDN(dnOf('gus'), `uid=august,${people}`);
      const mail = new Attribute({ type: 'mail', values: ['august@example.org'] });
      await client.modify(dnOf('august'), new Change({ operation: 'replace', modification: mail }));
    });
    expect((await comes('august', secretOf('gus'))).url).toBe('/account');
    expect(await account('august@example.org')).toMatchObject({ id: before?.id, username: 'august' });
    expect(await account('gus')).toBeNull();
  });

  test('are not taken for somebody of this house who has their name or address', async () => {
    await sallyport.person('hal', { email: 'other@example.org' });
    expect((await comes('hal')).wrong).toMatch(/didn’t work/);
    expect((await comes('hal', password)).url).toBe('/account');
    expect((await comes('hal', secretOf('hal'))).wrong).toMatch(/didn’t work/);
    expect((await comes('hal@example.org', secretOf('hal'))).wrong).toMatch(/didn’t work/);
    await sallyport.person('boss', { email: 'boss@example.org' });
    await set('ivy', 'mail', 'boss@example.org');
    expect((await comes('boss@example.org', secretOf('ivy'))).wrong).toMatch(/didn’t work/);
    expect((await comes('ivy')).wrong).toMatch(/didn’t work/);
    expect((await comes('boss@example.org', password)).url).toBe('/account');
  });

  test('leave their groups here when they leave them there', async () => {
    await slapd.change((client) =>
      client.modify(
        `cn=backend,${groups}`,
        new Change({ operation: 'delete', modification: new Attribute({ type: 'member', values: [dnOf('ada')] }) }),
      ),
    );
    await comes('ada');
    expect((await account('ada'))?.groups).toEqual([]);
  });

  test('are asked to come again while it is down: it is nobody’s wrong answer, and who has a password here gets in', async () => {
    await sallyport.person('at-home');
    await slapd.stop();
    try {
      for (const uid of ['nobody-at-all', ...Array<string>(8).fill('ada')]) {
        const browser = await comes(uid);
        expect(browser.response.statusCode).toBe(503);
        expect(browser.response.headers['retry-after']).toBe('60');
        expect(browser.title).toMatch(/directory/);
      }
      expect((await comes('at-home', password)).url).toBe('/account');
      expect((await comes('at-home', 'not the password at all')).wrong).toMatch(/didn’t work/);
    } finally {
      await slapd.start();
    }
    expect((await comes('ada')).url).toBe('/account');
  });

  test('are not asked about any more there after three wrong passwords, before it locks them', async () => {
    const browser = await signIn(new Browser(sallyport.app), 'cyd', 'wrong 1');
    for (const wrong of ['wrong 2', 'wrong 3', 'wrong 4']) await typePassword(browser, wrong);
    expect((await comes('cyd')).wrong).toMatch(/didn’t work/);
    sallyport.clock.pass(minutes(31));
    expect((await comes('cyd')).url).toBe('/account');
  });
});
