import { listMessages } from '../../src/core/delivery/store.ts';
import { codeAt, stepAt } from '../../src/methods/totp/rules.ts';
import type { Message } from '../../src/store/outbox.ts';
import type { Browser } from './browser.ts';
import { password, type Sallyport } from './sallyport.ts';

/** What people do, as verbs: journeys are written with these. */

export async function typeName(browser: Browser, name: string): Promise<Browser> {
  if (!browser.url.startsWith('/sign-in/')) await browser.visit('/sign-in');
  return browser.press('Continue', { username: name });
}

export async function typePassword(browser: Browser, typed: string = password): Promise<Browser> {
  return browser.press('Continue', { password: typed });
}

export async function signIn(browser: Browser, name: string, typed: string = password): Promise<Browser> {
  await typeName(browser, name);
  return typePassword(browser, typed);
}

export const typeCode = (browser: Browser, code: string): Promise<Browser> => browser.press('Continue', { code });

/** What the phone shows. */
export const codeFor = ({ clock }: Sallyport, secret: string, stepsAhead = 0): string =>
  codeAt(secret, stepAt(clock.now()) + stepsAhead);

export interface Kept {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

/** From "Ways to sign in": sets an authenticator app up and stores the backup codes. */
export async function setUpAuthenticator(sallyport: Sallyport, browser: Browser): Promise<Kept> {
  await browser.visit('/account/security');
  await browser.press('Set up: Authenticator app');
  const secret = secretShown(browser);
  await typeCode(browser, codeFor(sallyport, secret));
  const backupCodes = codesShown(browser);
  if (backupCodes.length > 0) await browser.press('Continue', { stored: 'yes' });
  // The code that confirmed the set-up has been used: the next sign-in takes the next one.
  sallyport.clock.pass(30_000);
  return { secret, backupCodes };
}

export const secretShown = (browser: Browser): string =>
  browser.page.querySelector('.secret')?.textContent.replaceAll(' ', '') ?? '';

export const codesShown = (browser: Browser): readonly string[] =>
  browser.page.querySelectorAll('.codes li').map((item) => item.textContent.trim());

/** A house that takes codes sent by mail and text message. */
export const takesSentCodes = {
  policies: [
    {
      name: 'sent codes too',
      require: 'mfa-if-owned',
      methods: { second: ['totp', 'email-code', 'sms-code'] },
    },
  ],
  methods: { 'sms-code': { countries: ['DE', 'CH'] } },
};

/** The code in the last message somebody got. */
export async function codeSentTo({ house }: Sallyport, recipient: string): Promise<string> {
  const [last] = (await listMessages(house.gate, 1000)).filter(
    (message) => message.recipient === recipient && codeIn(message) !== undefined,
  );
  return (last && codeIn(last)) ?? '';
}

/** Where the link of their latest letter leads: a path of ours. */
export async function linkSentTo({ house }: Sallyport, recipient: string): Promise<string> {
  const theirs = (await listMessages(house.gate, 1000)).filter((message) => message.recipient === recipient);
  const links = theirs.flatMap((message) =>
    message.channel === 'mail' && message.letter.link ? [message.letter.link.to] : [],
  );
  return new URL(links[0] ?? 'http://localhost/no-link').pathname;
}

const codeIn = (message: Message): string | undefined =>
  message.channel === 'mail' ? message.letter.code : /#(\d{6})$/.exec(message.text)?.[1];

/** Where somebody's codes are to go: what the button is called, what is typed, and who gets the message. */
export interface Destination {
  readonly way: 'Code by email' | 'Code by text message';
  readonly typed: Record<string, string>;
  readonly recipient: string;
}

export const mailbox = (recipient: string): Destination => ({
  way: 'Code by email',
  typed: { address: recipient },
  recipient,
});

export const phone: Destination = {
  way: 'Code by text message',
  typed: { country: 'DE', number: '0151 23456789' },
  recipient: '+4915123456789',
};

/** From "Ways to sign in": says where codes are to go, confirms it, and stores the backup codes. */
export async function setUpSentCode(
  sallyport: Sallyport,
  browser: Browser,
  { way, typed, recipient }: Destination,
): Promise<void> {
  await browser.visit('/account/security');
  await browser.press(`Set up: ${way}`);
  await browser.press('Send code', typed);
  await typeCode(browser, await codeSentTo(sallyport, recipient));
  if (codesShown(browser).length > 0) await browser.press('Continue', { stored: 'yes' });
  // The next code goes in another minute than this one.
  sallyport.clock.pass(60_000);
}
