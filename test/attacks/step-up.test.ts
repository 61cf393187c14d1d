import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { Application, type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import {
  codeFor,
  codeSentTo,
  type Kept,
  setUpAuthenticator,
  signIn,
  typeCode,
  typeName,
  typePassword,
} from '../support/verbs.ts';
import { atOnce, post, rowsOf, waysInOf } from './tools.ts';

/** One factor gets in; two are owned, and are what a change takes. */
const policies = [
  { name: 'tracker', when: { applications: ['tracker'] }, require: 'mfa-if-owned', rememberDays: 30 },
  { name: 'everybody', require: 'sfa' },
];

interface Person extends Kept {
  readonly name: string;
  readonly home: Browser;
}

/** What a row is sent, of whoever sends it. */
type Sent = (home: Browser) => Promise<{ readonly to: string; readonly fields: Record<string, string> }>;

const onSecurity = async (home: Browser, pattern: RegExp): Promise<string> => {
  const { body } = await home.send('GET', '/account/security');
  return pattern.exec(body)?.[0] ?? '/account/security/totp/remove/AAAAAAAAAAAAAAAAAAAAAA';
};

/** Each row that changes a way in, as somebody sends it. A row that is not here fails the first test. */
const rows: Readonly<Record<string, Sent>> = {
  'POST /account/security/:method/set-up': async () => ({ to: '/account/security/totp/set-up', fields: {} }),
  'POST /account/security/:method/remove/:credential': async (home) => ({
    to: await onSecurity(home, /\/account\/security\/totp\/remove\/[\w-]{22}/),
    fields: {},
  }),
  'POST /account/address': async () => ({
    to: '/account/address',
    fields: { send: 'yes', address: 'elsewhere@new.example.org' },
  }),
  'POST /codes': async () => ({ to: '/codes', fields: { to: '/account' } }),
};

describe.each(kinds)('a change to how somebody gets in, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { policies, mails: true });
  });
  afterAll(() => sallyport.close());

  /** Somebody with an authenticator app and few codes left, who signed in with two factors a while ago. */
  async function person(): Promise<Person> {
    const name = `person-${people++}`;
    await sallyport.person(name);
    const home = await signIn(sallyport.browser(), name);
    const kept = await setUpAuthenticator(sallyport, home);
    sallyport.pass(minutes(6));
    return { ...kept, name, home };
  }
  const signInAlone = async ({ name }: Person): Promise<Browser> => signIn(sallyport.browser(), name);

  /** Proves what is asked on the way, the password too where it is. */
  async function proven(home: Browser, { secret }: Person): Promise<Browser> {
    if (home.title === 'Enter your password') await typePassword(home);
    sallyport.pass(30_000);
    return typeCode(home, codeFor(sallyport, secret));
  }
  /** So many are gone that new ones are offered. */
  const spendCodes = ({ name }: Person) =>
    sallyport.house.gate.database.transaction(async (tx) => {
      const theirs = sql`select id from account where username = ${name}`;
      const left = sql`select id from backup_code where account_id in (${theirs}) order by id limit 3`;
      await sql`delete from backup_code where account_id in (${theirs}) and id not in (${left})`.execute(tx);
    });
  const send = async (home: Browser, sent: Sent) => {
    const { to, fields } = await sent(home);
    await home.visit('/account/activity/not-me');
    const { statusCode, headers } = await post(home, to, fields);
    return { statusCode, to: String(headers.location ?? '') };
  };
  /** With the cookie of a ticket that was given for a change of theirs. */
  async function givenFor(one: Person, sent: Sent): Promise<Browser> {
    const home = sallyport.browser();
    for (const [name, value] of one.home.cookies) home.cookies.set(name, value);
    const { to } = await send(home, sent);
    await home.visit(to);
    await proven(home, one);
    return home;
  }
  const removes = rows['POST /account/security/:method/remove/:credential'] as Sent;
  const renews: Sent = async () => ({ to: '/account/security/backup-codes/set-up', fields: {} });
  const moves: Sent = async () => ({
    to: '/account/address',
    fields: { send: 'yes', address: 'other@new.example.org' },
  });

  test('every row that says so is tried', () => {
    // What is done to others is tried beside the roles (`administering.test.ts`).
    const marked = routesOf(sallyport.house).filter(({ changes, act }) => changes !== undefined && act === undefined);
    expect(marked.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(rows).sort());
  });

  /** Who sends it, and what they have to show. */
  const senders: Readonly<Record<string, (one: Person) => Promise<Browser>>> = {
    'no session': async () => sallyport.browser(),
    'one factor': signInAlone,
    'a device that is remembered': async (one) => {
      const tracker = new Application(sallyport, 'tracker');
      const home = sallyport.browser();
      const ask = async () => {
        await home.visit(await tracker.ask({}));
        await typeName(home, one.name);
        await typePassword(home);
      };
      await ask();
      await home.press('Continue', { code: codeFor(sallyport, one.secret), remember: 'yes' });
      sallyport.pass(minutes(6));
      home.cookies.delete('__Host-session');
      await ask();
      expect(home.response.headers['location']).toBeDefined();
      return home;
    },
    'a proof that is old': async ({ home }) => home,
    'a proof of somebody else': async ({ home }) => {
      const given = await givenFor(await person(), removes);
      home.cookies.set('__Host-proof', given.cookies.get('__Host-proof') ?? expect.fail());
      return home;
    },
    'a proof for another change': (one) => givenFor(one, moves),
    'a proof on which new codes were made': async (one) => {
      const { to } = await send(one.home, renews);
      await one.home.visit(to);
      await proven(one.home, one);
      return one.home.press('Continue', { stored: 'yes' });
    },
  };

  const pairs = Object.keys(rows).flatMap((row) => Object.keys(senders).map((sender) => [row, sender] as const));
  test.each(pairs)('%s with %s is answered with the question, and nothing changes', async (row, sender) => {
    const one = await person();
    const home = await (senders[sender] as (one: Person) => Promise<Browser>)(one);
    if (row === 'POST /codes') await spendCodes(one);
    const before = await waysInOf(sallyport);
    const answer = await send(home, rows[row] as Sent);
    if (sender === 'no session') expect(answer.statusCode).toBe(401);
    else {
      expect([answer.statusCode, answer.to]).toEqual([303, expect.stringMatching(/^\/sign-in\//)]);
      await home.visit(answer.to);
    }
    expect(home.page.querySelectorAll('form[action*="/set-up/"]')).toEqual([]);
    expect(await waysInOf(sallyport)).toBe(before);
  });

  test.each(Object.keys(rows))(
    '%s is done once the best they own is proven for it, and the press is repeated',
    async (row) => {
      const one = await person();
      if (row === 'POST /codes') await spendCodes(one);
      const before = await waysInOf(sallyport);
      const { to } = await send(one.home, rows[row] as Sent);
      await one.home.visit(to);
      await proven(one.home, one);
      if (one.home.url.startsWith('/step-up/')) {
        expect(await waysInOf(sallyport)).toBe(before);
        await one.home.press('Continue');
        expect(await waysInOf(sallyport)).not.toBe(before);
      } else expect(one.home.page.querySelectorAll('form[action*="/set-up/"]')).toHaveLength(1);
    },
  );

  test('a ticket opens its change for five minutes, in its session, and whatever was typed is sent as it was', async () => {
    const one = await person();
    const stranger = await person();
    const late = await givenFor(one, moves);
    sallyport.pass(minutes(5));
    const early = await givenFor(one, moves);
    for (const [home, what] of [
      [late, moves],
      [early, async () => ({ ...(await moves(early)), fields: { send: 'yes', address: 'third@new.example.org' } })],
    ] as const)
      expect((await send(home, what)).to).toMatch(/^\/sign-in\//);
    stranger.home.cookies.set('__Host-proof', early.cookies.get('__Host-proof') ?? expect.fail());
    expect((await send(stranger.home, moves)).to).toMatch(/^\/sign-in\//);
    expect((await send(early, moves)).to).toBe('/account/address');
    expect(await codeSentTo(sallyport, 'other@new.example.org')).toMatch(/^\d{6}$/);
  });

  test('the page that names a change is its own session’s, once it is proven and until it is made', async () => {
    const [one, stranger] = [await person(), await person()];
    const known = (await rowsOf(sallyport, 'proof_ticket')).map(({ id }) => id);
    const { to } = await send(one.home, removes);
    const [asked] = (await rowsOf(sallyport, 'proof_ticket')).filter(({ id }) => !known.includes(id));
    const path = `/step-up/${asked?.['id']}`;
    const seenBy = async (browser: Browser) => {
      const { statusCode, headers } = await browser.send('GET', path);
      return [statusCode, headers.location ?? ''];
    };
    expect(await seenBy(one.home)).toEqual([303, expect.stringMatching(/\/remove\//)]);
    await one.home.visit(to);
    await proven(one.home, one);
    expect([one.home.url, await seenBy(one.home)]).toEqual([path, [200, '']]);
    expect(await seenBy(stranger.home)).toEqual([303, '/account']);
    const without = sallyport.browser();
    for (const name of ['__Host-proof', '__Host-attempt', '__Host-browser'])
      without.cookies.set(name, one.home.cookies.get(name) ?? '');
    expect(await seenBy(without)).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    await one.home.press('Continue');
    expect(await seenBy(one.home)).toEqual([303, '/account/security']);
  });

  test('sent two hundred times at once it is done once, and every one is told where it led', async () => {
    const one = await person();
    const home = await givenFor(one, removes);
    const { to, fields } = await removes(home);
    const token = await home.visit('/account/activity/not-me');
    const before = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'method.removed').length;
    const answers = await atOnce(200, () => post(token, to, fields));
    expect(new Set(answers.map(({ headers }) => headers.location))).toEqual(new Set(['/account/security']));
    const after = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'method.removed').length;
    expect(after - before).toBe(1);
  });

  test('a session that has ended takes its tickets with it', async () => {
    const one = await person();
    const thief = await givenFor(one, removes);
    await one.home.visit('/account');
    await one.home.press('Sign out');
    const before = await waysInOf(sallyport);
    expect((await send(thief, removes)).statusCode).toBe(401);
    expect(await waysInOf(sallyport)).toBe(before);
  });
});
