import type { Page } from 'playwright-core';
import { listMessages } from '../../src/core/delivery/store.ts';
import { answerJoining } from '../../src/proving/joining.ts';
import { answerRecovery } from '../../src/proving/recovery.ts';
import { password } from './sallyport.ts';
import type { Scenario } from './scenario.ts';
import { codeFor, codeSentTo } from './verbs.ts';
import { plugIn } from './virtual-key.ts';

/** Called at every stop of the tour, with the name of what is to be seen there. */
export type Look = (name: string, page: Page) => Promise<void>;

/** A name nobody has a short card for. */
export const longName = 'donaudampfschifffahrtselektrizitaetenhauptbetriebswerk@example.org';

export const submit = async (page: Page, form = 'prove') => {
  await page.locator(`form[action*="/${form}"] button[type=submit]`).first().click();
  await page.waitForLoadState();
};

/** Walks through every page there is, in any language, as one person on one day. */
export async function tour(scenario: Scenario, look: Look): Promise<void> {
  const { page } = scenario;
  await scenario.sallyport.person('newcomer', { email: longName });
  await firstDay(scenario, look);
  await account(scenario, look);
  await secondDay(scenario, look);
  await page.context().clearCookies({ name: '__Host-session' });
  await problems(scenario, look);
}

/** Is asked for a code besides the password: says where it goes, gives a wrong one, and comes back. */
export async function besides({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await page.goto('/api');
  await look('for programs', page);
  await page.locator('#postOtpVerify summary').click();
  await look('for programs, one is open', page);
  await sallyport.person('newcomer');
  const begin = async () => {
    await name(page, 'newcomer');
    await page.fill('#password', password);
    await submit(page);
  };
  await begin();
  await look('a code besides, to where', page);
  await page.fill('#address', 'newcomer@mail.example.org');
  await submit(page, 'set-up');
  await look('a code besides, for the first time', page);
  await page.fill('#code', '000000');
  await submit(page, 'set-up');
  await look('a code besides, wrong', page);
  await page.fill('#code', await codeSentTo(sallyport, 'newcomer@mail.example.org'));
  await submit(page, 'set-up');
  await page.context().clearCookies();
  sallyport.clock.pass(60_000);
  await begin();
  await look('a code besides', page);
  await submit(page);
  await look('a code besides, sent', page);
}

/** Signs in where nobody may, or where more is asked than anybody has. */
export async function turnedAway({ page, sallyport }: Scenario, what: string, look: Look): Promise<void> {
  await sallyport.person('newcomer');
  await name(page, 'newcomer');
  await page.fill('#password', password);
  await submit(page);
  await look(what, page);
}

export async function name(page: Page, typed: string): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('#username', typed);
  await submit(page, 'identify');
}

async function firstDay({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await page.goto('/sign-in');
  await look('identify', page);
  await name(page, longName);
  await look('password, of a long name', page);
  await page.fill('#password', 'not the password');
  await submit(page);
  await look('password, wrong', page);
  await submit(page, 'start-again');
  await name(page, 'newcomer');
  await page.fill('#password', password);
  await submit(page);
  await look('overview, of a newcomer', page);
  await page.goto('/account/security');
  await look('ways, of a newcomer', page);
  await submit(page, 'totp/set-up');
  await look('set-up', page);
  await page.locator('summary').click();
  await look('set-up, by typing', page);
  for (let n = 0; n < 2; n++) {
    await page.fill('#code', '000000');
    await submit(page, 'set-up');
  }
  await look('set-up, wrong twice', page);
  const secret = (await page.locator('.secret').textContent())?.replaceAll(' ', '') ?? '';
  await page.fill('#code', codeFor(sallyport, secret));
  await submit(page, 'set-up');
  await look('backup codes', page);
  await submit(page, 'set-up');
  await look('backup codes, not stored', page);
  await page.check('#stored');
  await submit(page, 'set-up');
  secrets.set(sallyport, secret);
}

/** What each tour's phone knows. */
const secrets = new WeakMap<object, string>();

async function account({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await look('ways', page);
  sallyport.clock.pass(30_000);
  await page.locator('form[action*="/password/set-up"] button').click();
  await page.fill('#password', password);
  await submit(page);
  await page.fill('#code', codeFor(sallyport, secrets.get(sallyport) ?? ''));
  await submit(page);
  await look('new password', page);
  await page.fill('#password', 'short');
  await submit(page, 'set-up');
  await look('new password, too short', page);
  await page.goto('/account');
  await look('overview', page);
  await page.goto('/account/address');
  await look('another address', page);
  await page.fill('#address', longName.replace('example', 'new.example'));
  await submit(page, 'address');
  await look('another address, its code', page);
  await page.goto('/codes?to=/account');
  await look('enough codes', page);
  await page.goto('/account/security');
  await page.locator('a[href*="/totp/remove/"]').click();
  await look('remove', page);
  sallyport.clock.pass(6 * 60_000);
  await submit(page, 'totp/remove');
  await look('confirm', page);
  await page.goto('/account/security');
  await page.locator('a[href*="/totp/rename/"]').click();
  await look('rename', page);
  await page.fill('#label', 'Phone in the kitchen');
  await submit(page, 'totp/rename');
  await look('ways, one with a name', page);
  await page.goto('/account/activity');
  await look('activity', page);
  await page.goto('/account/activity/not-me');
  await look('not me', page);
  await page.goto('/account/sessions');
  await look('sessions', page);
  await submit(page, 'sign-out');
}

async function secondDay({ page, sallyport }: Scenario, look: Look): Promise<void> {
  sallyport.clock.pass(86_400_000);
  const code = () => codeFor(sallyport, secrets.get(sallyport) ?? '');
  await name(page, 'newcomer');
  await page.fill('#password', password);
  await submit(page);
  await look('code', page);
  await page.fill('#code', '000000');
  await submit(page);
  await look('code, wrong', page);
  const used = code();
  await page.fill('#code', used);
  await submit(page);
  await page.goto('/account/sessions');
  await look('sessions, on the next day', page);
  await submit(page, 'sign-out');
  await name(page, 'newcomer');
  await page.fill('#password', password);
  await submit(page);
  await page.fill('#code', used);
  await submit(page);
  await look('code, used before', page);
  await submit(page, 'other-way');
  await look('choose', page);
  await page.locator('button[value="backup-codes"]').click();
  await look('backup code', page);
  for (let n = 0; n < 3; n++) {
    await page.fill('#code', '0000-0000-0000-0000');
    await submit(page);
    if (n === 0) await look('backup code, wrong', page);
  }
  for (let n = 0; n < 20 && (await page.locator('#code').count()) > 0; n++) {
    await page.fill('#code', '0000-0000-0000-0000');
    await submit(page);
  }
  await look('blocked', page);
}

/** Makes a passkey when it is offered, keeps the browser for it or for somebody else, and comes back. */
export async function easier({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await sallyport.person('newcomer', { role: 'system-administrator' });
  const finger = await plugIn(page, { protocol: 'ctap2', transport: 'internal', verifies: true });
  await finger.touched(false);
  await name(page, 'newcomer');
  await page.fill('#password', password);
  await submit(page);
  await look('offer of a passkey', page);
  await finger.touched(true);
  await submit(page, 'set-up/webauthn');
  await page.waitForURL('**/account');
  await page.goto('/account/browser');
  await look('this browser', page);
  await page.locator('button[name="say"][value="in"]').click();
  await page.waitForLoadState();
  await look('this browser, kept', page);
  await page.goto('/admin/browser');
  await submit(page, 'prove/webauthn');
  // An administrator has more to lose than a password.
  await page.check('[name=stored]');
  await submit(page, 'set-up');
  await page.waitForURL('**/admin/browser');
  await look('prepare a browser', page);
  await page.fill('#username', 'nobody');
  await page.locator('button[value="in"]').click();
  await page.locator('.wrong').waitFor();
  await look('prepare a browser, not open', page);
  await finger.touched(false);
  await page.context().clearCookies({ name: '__Host-session' });
  await page.goto('/sign-in');
  await look('welcome back', page);
  await page.locator('button[value="continue"]').click();
  await page.waitForLoadState();
  await look('passkey, alone', page);
}

/** Forgets a password, and waits for want of anything else. */
export async function forgotten({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await sallyport.person('forgetful');
  await page.goto('/recover');
  await look('forgotten', page);
  await page.fill('#username', 'forgetful');
  await submit(page, 'recover');
  await look('forgotten, sent', page);
  const { gate } = sallyport.house;
  await answerRecovery(gate);
  const letters = (await listMessages(gate, 10)).flatMap((one) => (one.channel === 'mail' ? [one.letter.link] : []));
  await page.goto(new URL(letters[0]?.to ?? '').pathname);
  await look('forgotten, begin', page);
  await submit(page, 'recover');
  await look('forgotten, nothing else', page);
  await submit(page, 'wait');
  await look('forgotten, waiting', page);
}

/** Makes an account for oneself, up to the password. */
export async function joins({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await page.goto('/sign-in');
  await look('sign in, or create an account', page);
  await page.goto('/join');
  await page.fill('#email', 'new@example.net');
  await submit(page, 'join');
  await look('an account, not at this address', page);
  await page.fill('#email', 'new@example.org');
  await submit(page, 'join');
  await look('an account, sent', page);
  const { gate } = sallyport.house;
  await answerJoining(gate);
  const letters = (await listMessages(gate, 10)).flatMap((one) => (one.channel === 'mail' ? [one.letter.link] : []));
  const { pathname } = new URL(letters[0]?.to ?? '');
  await page.goto(pathname);
  await look('an account, called what', page);
  await page.fill('#name', 'Nora New');
  await submit(page, 'join');
  await look('an account, its password', page);
  await page.goto(pathname);
  await look('an account, made already', page);
}

async function problems({ page }: Scenario, look: Look): Promise<void> {
  await page.goto(`/address/undo/${'A'.repeat(43)}`);
  await look('an address to bring back', page);
  await submit(page, 'address/undo');
  await look('an address that does not come back', page);
  await page.goto(`/sign-in/${'A'.repeat(22)}`);
  await look('gone', page);
  await page.goto('/nowhere');
  await look('not found', page);
  await page.goto('/sign-in');
  await page
    .locator('[name=_csrf]')
    .first()
    .evaluate((field: HTMLInputElement) => {
      field.value = 'something else';
    });
  await page.fill('#username', 'newcomer');
  await submit(page, 'identify');
  await look('not from our page', page);
}
