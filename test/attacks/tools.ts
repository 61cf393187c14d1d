import type { LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { vi } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { addApiToken, scopes } from '../../src/core/api-tokens/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { policyDocument } from '../../src/core/policies/document.ts';
import { findLatest } from '../../src/core/policies/store.ts';
import { csrfField } from '../../src/http/csrf.ts';
import type { Route } from '../../src/http/route.ts';
import { hours } from '../../src/kernel/clock.ts';
import { hashOf } from '../../src/kernel/ids.ts';
import { host } from '../../src/proving/office.ts';
import { applyPolicy } from '../../src/proving/policies.ts';
import type { Handle } from '../../src/store/database.ts';
import type { Authenticator } from '../support/authenticator.ts';
import { Browser } from '../support/browser.ts';
import type { More } from '../support/open.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { type Kept, setUpAuthenticator, signIn } from '../support/verbs.ts';

/** What an attacker has at hand: the same front door, without manners. */

/** Somebody who has an authenticator app and backup codes, signed in at home. */
export async function owner(sallyport: Sallyport, name: string, more: More = {}): Promise<Kept & { home: Browser }> {
  await sallyport.person(name, more);
  const home = await signIn(new Browser(sallyport.app), name);
  return { ...(await setUpAuthenticator(sallyport, home)), home };
}

/** A browser that has typed a name and its password, and stands before the second factor. */
export const halfway = (sallyport: Sallyport, name: string, headers: Record<string, string> = {}): Promise<Browser> =>
  signIn(new Browser(sallyport.app, headers), name);

/** What the page tells the browser to ask a key for. */
export function optionsOn(browser: Browser, kind: string): KeyOptions {
  const text = browser.page.querySelector('input[data-ceremony]')?.getAttribute('data-ceremony') ?? '';
  if (text === '') throw new Error(`no key is asked for on "${browser.title}"`);
  return (JSON.parse(text) as { options: Record<string, KeyOptions> }).options[kind] as KeyOptions;
}

export type KeyOptions = Parameters<Authenticator['create']>[0] & Parameters<Authenticator['get']>[0];

/** The token of the form on the page. */
export const tokenOn = (browser: Browser): string =>
  browser.page.querySelector(`input[name=${csrfField}]`)?.getAttribute('value') ?? '';

/** Sends a form past the page: what it holds and how often is the attacker's choice. */
export function post(
  browser: Browser,
  to: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<LightMyRequestResponse> {
  const body = new URLSearchParams({ [csrfField]: tokenOn(browser), ...fields });
  return browser.send('POST', to, body.toString(), headers);
}

/** The same request from many at once, each with the cookies of now. */
export const atOnce = <T>(times: number, act: (n: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => act(n)));

/** A browser with the same cookies: what whoever copied them has. */
export function copyOf(browser: Browser, names: readonly string[] = [...browser.cookies.keys()]): Browser {
  const copy = browser.another();
  for (const name of names) copy.cookies.set(name, browser.cookies.get(name) ?? '');
  return copy;
}

/** Is somebody signed in there? */
export async function isIn(browser: Browser): Promise<boolean> {
  return (await browser.send('GET', '/account')).statusCode === 200;
}

/** How much is proven there; nothing, where nobody is in. */
export async function levelOf(browser: Browser): Promise<number> {
  const { statusCode, body } = await browser.send('GET', '/session');
  return statusCode === 200 ? (JSON.parse(body) as { level: number }).level : 0;
}

/** Every address there is, its parameters filled in: with an id nobody has, where nothing else is given. */
export function addresses(
  { house }: Sallyport,
  given: Record<string, string>,
): readonly { route: Route; url: string; name: string }[] {
  const params: Record<string, string> = { token: 'A'.repeat(43), ...given };
  return routesOf(house).map((route) => ({
    route,
    name: `${route.method} ${route.path}`,
    url: route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? 'A'.repeat(22)),
  }));
}

/** What a program shows: a token for all that programs may do. */
export async function programToken(
  { house: { gate } }: Sallyport,
  more: Partial<Parameters<typeof addApiToken>[2]> = {},
): Promise<string> {
  const given = { name: 'program', networks: ['127.0.0.0/8'], lifetime: hours(24), scopes, realm: '', ...more };
  const token = await gate.database.transaction((tx) => addApiToken(tx, gate, given));
  if (token === null) throw new Error(`the name ${given.name} is taken`);
  return token;
}

/** As the host decides it, while everything runs. */
export async function decide({ house: { gate } }: Sallyport, ...policies: readonly object[]): Promise<void> {
  const after = await findLatest(gate.database.read);
  const answer = await applyPolicy(gate, host, { policy: policyDocument.parse({ policies }), after });
  if (answer.is !== 'applied') throw new Error(`not in force: ${JSON.stringify(answer)}`);
}

/** A whole table, as an attacker who could read it would see it. */
export async function rowsOf({ house }: Sallyport, table: string): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(
    house.gate.database.read,
  );
  return rows;
}

/** All that somebody gets in by, and all that was begun to change it. */
const waysIn = 'account totp backup_code password webauthn email_code sms_code address_change sent_code outbox'.split(
  ' ',
);

/** What all ways in come to, hashed: when one was last used is no change. */
export async function waysInOf(sallyport: Sallyport): Promise<string> {
  const text = (row: object) =>
    JSON.stringify(row, (key, value) => (/^(last_used_at|drift)$/.test(key) ? null : value));
  const tables = await Promise.all(waysIn.map(async (table) => (await rowsOf(sallyport, table)).map(text).sort()));
  return hashOf(JSON.stringify(tables));
}

/** Subjects of the letters somebody got, the newest first. */
export async function letters({ house }: Sallyport, recipient: string): Promise<readonly string[]> {
  const messages = await listMessages(house.gate, 1000);
  const theirs = messages.filter((message) => message.recipient === recipient);
  return theirs.flatMap((message) => (message.channel === 'mail' ? [message.letter.subject] : []));
}

/** The address that takes somebody's authenticator app away, as their own page names it. */
export async function removalOf(home: Browser): Promise<string> {
  await home.visit('/account/security');
  return /\/account\/security\/totp\/remove\/[\w-]{22}/.exec(home.response.body)?.[0] ?? '';
}

/** Asks for it to be taken away, and goes where that leads. */
export async function askToRemove(home: Browser): Promise<Browser> {
  const answer = await post(home, await removalOf(home), {});
  return home.visit(String(answer.headers.location));
}

/** Where every statement passes, in a transaction or out of one. */
function executorOf(handle: Handle): { executeQuery: (...given: never[]) => unknown } {
  let executor = handle.getExecutor() as object;
  while (!Object.hasOwn(executor, 'executeQuery')) executor = Object.getPrototypeOf(executor) as object;
  return executor as { executeQuery: (...given: never[]) => unknown };
}

/** An answer, and what it took: time is compared by no test. */
export async function costOf<Answer>({ house: { gate } }: Sallyport, ask: () => Promise<Answer>) {
  const hashes = vi.spyOn(gate.hash, 'matches');
  const commits = vi.spyOn(gate.database, 'transaction');
  const statements = vi.spyOn(executorOf(gate.database.read), 'executeQuery');
  const answer = await ask();
  const cost = {
    hashes: hashes.mock.calls.length,
    commits: commits.mock.calls.length,
    statements: statements.mock.calls.length,
  };
  for (const spy of [hashes, commits, statements]) spy.mockRestore();
  return { answer, ...cost };
}
