import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { signIn, typePassword } from '../support/verbs.ts';
import { copyOf, isIn, post } from './tools.ts';

const theirs = 'a password that an attacker chose';

describe.each(kinds)('a change that is begun and left for later, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  /** Signed in, they want another password. */
  async function changing(name: string): Promise<Browser> {
    await sallyport.person(name);
    const home = await signIn(new Browser(sallyport.app), name);
    const answer = await post(await home.visit('/account/security'), '/account/security/password/set-up', {});
    return home.visit(String(answer.headers.location));
  }

  test('begun once more, it asks for the password all the same', async () => {
    const stolen = await changing('ann');
    expect(stolen.title).toBe('Enter your password');
    for (const _ of ['once', 'twice']) {
      await stolen.visit(`/sign-in?again=${stolen.url.split('/')[2]}`);
      expect(stolen.title).toBe('Enter your password');
    }
    await post(stolen, `${stolen.url}/set-up/password`, { password: theirs });
    expect(await isIn(await signIn(new Browser(sallyport.app), 'ann', theirs))).toBe(false);
  });

  test('it goes no further once its owner has signed out everywhere', async () => {
    const parked = await typePassword(await changing('bob'));
    const home = await signIn(new Browser(sallyport.app), 'bob');
    await post(await home.visit('/account/sessions'), '/account/sign-out-everywhere', {});
    await post(parked, `${parked.url}/set-up/password`, { password: theirs });
    expect(await isIn(copyOf(parked))).toBe(false);
    expect(await isIn(await signIn(new Browser(sallyport.app), 'bob', theirs))).toBe(false);
  });
});
