import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';

describe.each(kinds)('what a browser looks for by itself, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('a password manager leads its person to where a password is changed', async () => {
    await sallyport.person('ann');
    const browser = await signIn(new Browser(sallyport.app), 'ann');
    await browser.visit('/.well-known/change-password');
    expect([browser.url, browser.title]).toEqual(['/account/security', 'Ways to sign in']);
  });

  test('and to where passkeys are made', async () => {
    const { response } = await new Browser(sallyport.app).visit('/.well-known/passkey-endpoints');
    expect([response.statusCode, response.headers['content-type'], response.json()]).toEqual([
      200,
      expect.stringContaining('application/json'),
      { enroll: 'http://localhost:4000/account/security', manage: 'http://localhost:4000/account/security' },
    ]);
  });

  test('what is not there is not there: whoever asks for anything learns that addresses here mean something', async () => {
    const made = '/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200';
    expect((await new Browser(sallyport.app).visit(made)).response.statusCode).toBe(404);
  });
});
