import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csrfToken } from '../../src/http/csrf.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

const pages = ['/account', '/account/security', '/account/sessions', '/account/applications'];

describe.each(kinds)('a session that was made where less was asked, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, {
      policies: [
        { name: 'guests', when: { groups: ['guests'] }, require: 'deny' },
        { name: 'everybody', require: 'mfa-if-owned' },
      ],
    });
  });
  afterAll(() => sallyport.close());

  test('opens no page of the account until the rest is proven', async () => {
    await sallyport.person('ann');
    const weak = await signIn(new Browser(sallyport.app), 'ann');
    const strong = await signIn(new Browser(sallyport.app), 'ann');
    const { secret } = await setUpAuthenticator(sallyport, strong);
    for (const page of pages) {
      await weak.visit(page);
      expect([page, weak.title]).toEqual([page, 'Enter the code from your app']);
    }
    await typeCode(weak, codeFor(sallyport, secret));
    expect(weak.url).toBe(pages.at(-1));
  });

  test('opens none at all for whoever the policy has come to keep out, but they may leave', async () => {
    await sallyport.person('bob');
    const browser = await signIn(new Browser(sallyport.app), 'bob');
    const handle = sallyport.house.gate.database.read;
    await sql`update account set groups = '["guests"]' where username = 'bob'`.execute(handle);
    for (const page of pages)
      expect([page, (await browser.visit(page)).title]).toEqual([page, 'This is not open to you']);
    const session = browser.cookies.get('__Host-session') ?? '';
    const token = csrfToken(sallyport.house.gate.ring, session);
    const left = await browser.send('POST', '/account/sign-out', new URLSearchParams({ _csrf: token }).toString());
    expect(left.statusCode).toBe(303);
    expect(browser.cookies.has('__Host-session')).toBe(false);
  });
});
