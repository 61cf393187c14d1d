import type { HTMLElement } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, password, type Sallyport } from '../support/sallyport.ts';
import { signIn } from '../support/verbs.ts';
import { copyOf, isIn, levelOf, optionsOn, post } from './tools.ts';

/** A page as it lies in the history of a browser: where it was, and every form on it, filled in as it was. */
interface Seen {
  readonly title: string;
  readonly url: string;
  readonly forms: readonly { readonly to: string; readonly fields: Record<string, string> }[];
}

const nameAndValue = (one: HTMLElement): readonly [string, string][] => {
  const name = one.getAttribute('name');
  return name ? [[name, one.getAttribute('value') ?? '']] : [];
};

/** Every way off the page: each button with the fields of its form. */
const seenIn = ({ title, url, page }: Browser): Seen => ({
  title,
  url,
  forms: page.querySelectorAll('form').flatMap((form) =>
    form.querySelectorAll('button[type=submit]').map((button) => ({
      to: form.getAttribute('action') ?? url,
      fields: Object.fromEntries([...form.querySelectorAll('input').flatMap(nameAndValue), ...nameAndValue(button)]),
    })),
  ),
});

const formsOf = ({ url, title, forms }: Seen) => forms.map((form) => ({ url, title, form }));

/** Presses it in another tab of the same browser, and goes where that leads: never to a fault of ours. */
async function pressed(browser: Browser, url: string, { to, fields }: Seen['forms'][number]): Promise<Browser> {
  const tab = copyOf(browser);
  const { headers, statusCode } = await tab.send('POST', to, new URLSearchParams(fields).toString());
  expect([to, statusCode < 500]).toEqual([to, true]);
  return tab.visit(String(headers.location ?? url));
}

/** Something to press or to follow. */
const leadsOn = ({ page }: Browser): boolean => page.querySelectorAll('main button, main a, form button').length > 0;

describe.each(kinds)('back, again, in two tabs and too late, on %s', (kind) => {
  let sallyport: Sallyport;
  const key = new Authenticator('http://localhost:4000', { attachment: 'platform', verifies: true });
  let handle = '';
  let home: Browser;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, {
      policies: [
        {
          name: 'everybody',
          require: 'sfa',
          methods: { second: ['webauthn'] },
          passwordless: { methods: ['webauthn'] },
          passkeys: { offer: true },
        },
      ],
    });
    await sallyport.person('ann');
    home = await signIn(new Browser(sallyport.app), 'ann');
    const options = optionsOn(home, 'passkey');
    handle = options.user.id;
    await post(home, `${home.url}/set-up/webauthn`, { kind: 'passkey', response: key.create(options) });
    await home.visit('/account/browser');
    await home.press('Skip the password here');
    await post(home, '/account/sign-out', {});
  });
  afterAll(() => sallyport.close());

  const answer = async (browser: Browser) => {
    const response = key.get(optionsOn(browser, 'any'), { userHandle: handle });
    const { headers } = await post(browser, `${browser.url}/prove/webauthn`, { kind: 'any', response });
    await browser.visit(String(headers.location));
  };

  /** Whoever came by the passkey last is offered another, once. */
  const givePassword = async (browser: Browser) => {
    await browser.press('Continue', { password });
    if (browser.title.startsWith('Create a passkey')) await browser.press('Not now');
  };

  /** What one does from page to page: each way through, by what is pressed there. */
  const ways: Readonly<Record<string, readonly ((browser: Browser) => Promise<unknown>)[]>> = {
    'by the browser that is kept': [
      (browser) => browser.visit('/sign-in'),
      (browser) => browser.press('Continue as ann'),
      answer,
    ],
    'by the password instead': [
      (browser) => browser.visit('/sign-in'),
      (browser) => browser.press('Use my password instead'),
      givePassword,
    ],
    'by somebody else': [
      (browser) => browser.visit('/sign-in'),
      (browser) => browser.press('Not you?'),
      (browser) => browser.press('Continue', { username: 'ann' }),
      givePassword,
    ],
  };

  describe.each(Object.keys(ways))('%s', (way) => {
    const steps = ways[way] ?? [];

    test('every page opens again as it is', async () => {
      const browser = copyOf(home);
      for (const step of steps) {
        await step(browser);
        const { title, url } = browser;
        await browser.visit(url);
        expect([browser.title, browser.url, browser.response.statusCode]).toEqual([title, url, 200]);
      }
      expect(await isIn(browser)).toBe(true);
    });

    test('whatever is pressed on a page that is past leads on, and proves nothing more', async () => {
      for (let n = 1; n <= steps.length; n++) {
        const browser = copyOf(home);
        const past: Seen[] = [];
        for (const step of steps.slice(0, n)) {
          await step(browser);
          past.push(seenIn(browser));
        }
        const before = await levelOf(browser);
        for (const { url, title, form } of past.slice(0, -1).flatMap(formsOf)) {
          const tab = await pressed(browser, url, form);
          const where = [way, n, title, form.to];
          expect([where, leadsOn(tab), (await levelOf(tab)) <= before]).toEqual([where, true, true]);
        }
      }
    });

    test('left for too long it says so, and begins again where one came from', async () => {
      for (let n = 1; n < steps.length; n++) {
        const browser = copyOf(home);
        for (const step of steps.slice(0, n)) await step(browser);
        sallyport.clock.pass(11 * 60_000);
        const here = seenIn(browser);
        for (const { to, fields } of here.forms) {
          const { statusCode } = await browser.send('POST', to, new URLSearchParams(fields).toString());
          // A name that was not typed is told so first.
          expect([way, n, to, [400, 410].includes(statusCode)]).toEqual([way, n, to, true]);
        }
        await browser.visit(here.url);
        expect([browser.title, browser.response.statusCode]).toEqual(['Let’s start again', 410]);
        const again = browser.page.querySelector('main a, a.button')?.getAttribute('href') ?? expect.fail();
        await browser.visit(again);
        expect([browser.title, await isIn(browser)]).toEqual(['Welcome back', false]);
      }
    });
  });
});
