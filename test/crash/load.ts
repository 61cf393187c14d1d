import { codeAt, stepAt } from '../../src/methods/totp/rules.ts';
import { Browser } from '../support/browser.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { codesShown, secretShown, signIn } from '../support/verbs.ts';

/** What a person holds, written down only when the server said so. */
export interface Person {
  readonly name: string;
  secret: string | null;
  /** Shown and answered, and no word came back: it may be the one or not. */
  maybe: string | null;
  /** The last page it was told to store: all sent, and those acknowledged. */
  codes: readonly string[];
  /** Codes of the app that were taken, as the server acknowledged. */
  readonly usedSteps: Set<number>;
  /** Sent, and no word came back for some: those may be used or not. */
  readonly triedCodes: Set<string>;
  readonly usedCodes: Set<string>;
  /** Cookies of sessions that were acknowledged. */
  readonly sessions: string[];
}

export const person = (name: string): Person => ({
  name,
  secret: null,
  maybe: null,
  codes: [],
  usedSteps: new Set(),
  triedCodes: new Set(),
  usedCodes: new Set(),
  sessions: [],
});

export const password = 'seven quiet herons at dusk';
const now = (): number => stepAt(Date.now() as never);

/** One journey: a set-up where there is none yet, else a sign-in by an app code or by a backup code. */
export async function journey({ app }: ServerProcess, who: Person, pick: number): Promise<void> {
  const browser = await signIn(new Browser(app), who.name, password);
  const asked = browser.title === 'Enter the code from your app';
  if (asked) who.secret ??= who.maybe;
  if (who.secret === null) return setUp(browser, who);
  if (!asked) throw new Error(`${who.name} owns an app and was not asked for it: "${browser.title}"`);
  const step = now();
  if (pick < 0.5 && !who.usedSteps.has(step)) {
    await browser.press('Continue', { code: codeAt(who.secret, step) });
    if (browser.wrong !== null) return;
    who.usedSteps.add(step);
    await keepCodes(browser, who);
  } else {
    const code = who.codes.slice(0, -1).find((one) => !who.triedCodes.has(one));
    if (code === undefined) return;
    who.triedCodes.add(code);
    await browser.press('Try another way');
    await browser.press('Backup codes');
    await browser.press('Continue', { code });
    if (browser.url === '/account') who.usedCodes.add(code);
  }
  keepSession(browser, who);
}

async function setUp(browser: Browser, who: Person): Promise<void> {
  await browser.visit('/account/security');
  await browser.press('Set up: Authenticator app');
  const secret = secretShown(browser);
  const step = now();
  who.maybe = secret;
  await browser.press('Continue', { code: codeAt(secret, step) });
  if (codesShown(browser).length === 0) return;
  who.secret = secret;
  who.usedSteps.add(step);
  return keepCodes(browser, who);
}

/** The codes count once the server has taken the word that they are stored. */
async function keepCodes(browser: Browser, who: Person): Promise<void> {
  const codes = codesShown(browser);
  if (codes.length === 0) return;
  await browser.press('Continue', { stored: 'yes' });
  if (codesShown(browser).length === 0 && browser.response.statusCode === 200) {
    who.codes = codes;
    keepSession(browser, who);
  }
}

function keepSession(browser: Browser, who: Person): void {
  const session = browser.cookies.get('__Host-session');
  if (session !== undefined && browser.url.startsWith('/account')) who.sessions.push(session);
}
