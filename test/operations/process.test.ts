import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { command, startServer } from '../support/server-process.ts';
import { signIn, typeName } from '../support/verbs.ts';

const password = 'seven quiet herons at dusk';

describe.each(kinds)('a server process, on %s', (kind) => {
  const prepare = async (): Promise<Record<string, string>> => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-process-'));
    return { SALLYPORT_DATA: folder, ...(kind === 'postgres' && { SALLYPORT_DATABASE: await newPostgres() }) };
  };

  test('told to stop, it ends what is under way and is gone within five seconds', async () => {
    const variables = await prepare();
    expect((await command(['user', 'add', 'ann', '--password-stdin'], variables, password)).code).toBe(0);
    const server = await startServer(variables);
    const browsers = Array.from({ length: 6 }, () => new Browser(server.app));
    for (const browser of browsers) await typeName(browser, 'ann');
    const under = await Promise.all(
      browsers.map((browser) => begin(server.port, browser, formOf(browser, { password }))),
    );
    const answers = Promise.all(under.map((one) => one.answer()));
    const start = performance.now();
    expect(await server.end()).toBe(0);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(await answers).toEqual(under.map(() => 303));
    expect(server.lines.some((line) => line.includes('"msg":"stopping"'))).toBe(true);
  });

  // Commands are processes too: on a busy machine each takes seconds to begin.
  test('two processes give the same answers, and commands work beside them under load', {
    timeout: 120_000,
  }, async () => {
    const variables = await prepare();
    const first = await startServer(variables);
    const second = await startServer(variables);
    const added = await Promise.all(
      ['ann', 'bob', 'cleo'].map((name) => command(['user', 'add', name, '--password-stdin'], variables, password)),
    );
    expect(added.map(({ code, err }) => [code, err])).toEqual([0, 0, 0].map((code) => [code, '']));

    let stop = false;
    const errors: unknown[] = [];
    const load = [first, second].map(async ({ app }) => {
      while (!stop) {
        const browser = await signIn(new Browser(app), 'ann', password);
        if (browser.url !== '/account') errors.push(browser.response.statusCode);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    const acts = [
      ['user', 'list'],
      ['user', 'reset', 'bob', '--method', 'all'],
      ['user', 'unlock', 'bob'],
      ['rescue', 'cleo'],
      ['user', 'disable', 'cleo'],
      ['user', 'enable', 'cleo'],
      ['keys', 'rotate'],
      ['migrate'],
    ];
    for (const words of acts)
      expect([words, await command(words, variables)]).toEqual([words, expect.objectContaining({ code: 0, err: '' })]);
    stop = true;
    await Promise.all(load);
    expect(errors).toEqual([]);

    // A session begun at one is a session at the other, and one ended at one is ended at both.
    const browser = await signIn(new Browser(first.app), 'ann', password);
    const elsewhere = new Browser(second.app);
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
    expect((await elsewhere.visit('/account')).url).toBe('/account');
    expect((await command(['user', 'disable', 'ann'], variables)).code).toBe(0);
    for (const one of [browser, elsewhere]) {
      await one.visit('/account');
      expect(one.url).not.toBe('/account');
    }
    expect(await Promise.all([first.end(), second.end()])).toEqual([0, 0]);
  });

  test('words of a command that make no sense are told, and change nothing', async () => {
    const variables = await prepare();
    const run = (...words: string[]) => command(words, variables);
    expect(await run('user', 'add', 'a b')).toMatchObject({ code: 1, err: expect.stringContaining('no spaces') });
    expect(await run('user', 'add', 'ann', '--email', 'nobody')).toMatchObject({ code: 1 });
    expect(await run('user', 'reset', 'nobody', '--method', 'all')).toMatchObject({
      code: 1,
      err: 'Nobody is called nobody.\n',
    });
    expect(await run('rescue', 'nobody')).toMatchObject({ code: 1, err: 'Nobody is called nobody.\n' });
    expect(await command(['user', 'add', 'ann', '--password-stdin'], variables, 'short')).toMatchObject({ code: 1 });
    expect((await run('user', 'list')).out).toBe('');
    const added = await run('user', 'add', 'ann', '--admin', '--group', 'staff');
    expect(added.out).toMatch(/http:\/\/localhost:4000\/set-up\/[\w-]{43}\n$/);
    expect(await run('user', 'add', 'ANN')).toMatchObject({ code: 1, err: expect.stringContaining('taken') });
    expect((await run('user', 'list')).out).toBe('ann\t-\tstaff\t-\tenabled\tsystem-administrator\n');
  });
});

function formOf(browser: Browser, fields: Record<string, string>): string {
  const csrf = browser.page.querySelector('input[name=_csrf]')?.getAttribute('value') ?? '';
  return new URLSearchParams({ _csrf: csrf, ...fields }).toString();
}

/** A form whose head the server has read, so that it is under way; the rest of it follows when asked for the answer. */
async function begin(port: number, browser: Browser, form: string): Promise<{ answer(): Promise<number | undefined> }> {
  const sent = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `${browser.url}/prove/password`,
    agent: false,
    headers: {
      ...browser.headers,
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
      'sec-fetch-site': 'same-origin',
      expect: '100-continue',
    },
  });
  sent.flushHeaders();
  await once(sent, 'continue');
  return {
    async answer() {
      sent.end(form);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    },
  };
}
