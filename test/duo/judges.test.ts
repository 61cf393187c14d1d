import https from 'node:https';
import { Client as ApiClient, SIGNATURE_VERSION_2, SIGNATURE_VERSION_5 } from '@duosecurity/duo_api';
import pinned from '@duosecurity/duo_api/lib/constants.js';
import { Client as UniversalClient } from '@duosecurity/duo_universal';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startDuo, Tenant } from '../../examples/duo-simulator/server.ts';

// Duo's own clients are the judges of the simulator. They pin Duo's authorities and duo_api knows one port only: the pin is
// widened to the simulator's authority, the port is its own, and nothing else is changed.

const keys = { integration: 'DIXXXXXXXXXXXXXXXXXX', secret: 'a-secret-key-of-exactly-forty-characters' };
let duo: Simulator;
let tenant: Tenant;

beforeAll(async () => {
  duo = await startDuo(new Tenant(keys), 0);
  tenant = duo.tenant;
  tenant.longPoll = 50;
  pinned.DUO_PINNED_CERT += `\n${duo.authority}`;
  Object.assign(https.globalAgent, { defaultPort: duo.port });
});
afterAll(() => duo.close());
beforeEach(() => tenant.on.clear());

const userOf = (name: string) => {
  const user = tenant.find(name) ?? tenant.add(name, true);
  if (user === null) throw new Error(`${name} is taken`);
  return user;
};
/** What the person does with the newest thing on their phone. */
function press(name: string, answer: 'allow' | 'deny' | 'fraud', number?: string): boolean {
  const [newest] = tenant.pending(userOf(name));
  return newest !== undefined && tenant.answer(newest, answer, number);
}

describe.each([
  ['version 2', SIGNATURE_VERSION_2],
  ['version 5', SIGNATURE_VERSION_5],
] as const)('duo_api, signing by %s', (_, version) => {
  type Answer = { stat: string; code?: number; message?: string; response: Record<string, never> & string };
  const call = (method: 'GET' | 'POST', path: string, params: Record<string, string> = {}, secret = keys.secret) =>
    new Promise<Answer>((done) =>
      new ApiClient(keys.integration, secret, 'localhost', version).jsonApiCall(method, path, params, (answer) =>
        done(answer as Answer),
      ),
    );
  const send = async (factor: string, more: Record<string, string> = {}) =>
    (await call('POST', '/auth/v2/auth', { username: 'judge', factor, device: 'auto', async: '1', ...more })).response[
      'txid'
    ] ?? '';
  const status = async (txid: string) => (await call('GET', '/auth/v2/auth_status', { txid })).response;

  test('reaches it, and is told when its key is wrong', async () => {
    expect((await call('GET', '/auth/v2/ping')).response).toMatchObject({ time: expect.any(Number) });
    expect((await call('GET', '/auth/v2/check')).stat).toBe('OK');
    expect(await call('GET', '/auth/v2/check', {}, 'a-secret-key-of-exactly-40-characters-x!')).toMatchObject({
      stat: 'FAIL',
      code: 40103,
    });
  });

  test('registers somebody’s phone', async () => {
    const username = `new * (${version})`;
    const params = { username };
    expect((await call('POST', '/auth/v2/preauth', params)).response).toMatchObject({ result: 'enroll' });
    const { response } = await call('POST', '/auth/v2/enroll', params);
    const { user_id = '', activation_code = '' } = response as Record<string, string>;
    const ask = () => call('POST', '/auth/v2/enroll_status', { user_id, activation_code });
    expect((await ask()).response).toBe('waiting');
    tenant.activate(tenant.find(username)?.activation ?? '');
    expect((await ask()).response).toBe('success');
    expect((await call('POST', '/auth/v2/preauth', params)).response).toMatchObject({ result: 'auth' });
    expect((await call('POST', '/auth/v2/enroll', params)).code).toBe(40002);
  });

  test('sends a push, which is approved, denied, reported, or asks for a number', async () => {
    userOf('judge');
    const pushed = await send('push', { ipaddr: '192.0.2.7', pushinfo: 'Application=Tracker+%26+more' });
    expect(await status(pushed)).toMatchObject({ result: 'waiting', status: 'pushed' });
    expect(tenant.pending(userOf('judge'))[0]).toMatchObject({ application: 'Tracker & more', place: '192.0.2.7' });
    press('judge', 'allow');
    expect(await status(pushed)).toMatchObject({ result: 'allow', status: 'allow' });

    const denied = await send('push');
    press('judge', 'deny');
    expect(await status(denied)).toMatchObject({ result: 'deny', status: 'deny' });

    const reported = await send('push');
    press('judge', 'fraud');
    expect(await status(reported)).toMatchObject({ result: 'deny', status: 'fraud' });

    tenant.turn('number', true);
    const verified = await send('auto');
    const [, number] = /code (\d+) into/.exec((await status(verified))['status_msg'] ?? '') ?? [];
    expect(press('judge', 'allow', '')).toBe(false);
    expect(press('judge', 'allow', number)).toBe(true);
    expect(await status(verified)).toMatchObject({ result: 'allow' });
  });

  test('takes a passcode once, also one that came by text message', async () => {
    const passcode = userOf('judge').passcode;
    const type = async (code: string) =>
      (await call('POST', '/auth/v2/auth', { username: 'judge', factor: 'passcode', passcode: code })).response;
    expect(await type(passcode)).toMatchObject({ result: 'allow' });
    expect(await type(passcode)).toMatchObject({ result: 'deny' });
    expect(await status(await send('sms'))).toMatchObject({ result: 'deny', status: 'sent' });
    expect(await type(userOf('judge').texts[1] ?? '')).toMatchObject({ result: 'allow' });
  });
});

describe('duo_universal', () => {
  const redirectUrl = 'http://localhost:4000/return';
  function client(): UniversalClient {
    const made = new UniversalClient({
      clientId: keys.integration,
      clientSecret: keys.secret,
      apiHost: `localhost:${duo.port}`,
      redirectUrl,
    });
    const { httpsAgent } = (made as unknown as { axios: { defaults: { httpsAgent: https.Agent } } }).axios.defaults;
    httpsAgent.options.ca += `\n${duo.authority}`;
    return made;
  }

  /** The person's browser at the prompt, without its pages. */
  async function browse(to: string, form?: Record<string, string>): Promise<{ location: string | null; id: string }> {
    const { pathname, search } = new URL(to, `https://localhost:${duo.port}`);
    return new Promise((done, failed) => {
      const sent = https.request(
        {
          host: 'localhost',
          port: duo.port,
          path: pathname + search,
          method: form === undefined ? 'GET' : 'POST',
          ca: duo.authority,
          headers: { host: `localhost:${duo.port}`, 'content-type': 'application/x-www-form-urlencoded' },
        },
        async (response) => {
          let body = '';
          for await (const part of response) body += String(part);
          const id = /name="id" value="([\w-]+)"/.exec(body)?.[1] ?? '';
          done({ location: response.headers.location ?? null, id });
        },
      );
      sent.on('error', failed).end(new URLSearchParams(form).toString());
    });
  }
  const prompt = async (name: string) => {
    userOf(name);
    const judge = client();
    const state = judge.generateState();
    const come = await browse(await judge.createAuthUrl(name, state));
    const choose = (form: Record<string, string>) => browse('/oauth/v1/prompt', { id: come.id, ...form });
    /** Back at the application, which asks what happened. */
    const result = async (location: string | null, who = name) => {
      const { searchParams } = new URL(location ?? 'about:blank');
      expect(searchParams.get('state')).toBe(state);
      return judge.exchangeAuthorizationCodeFor2FAResult(searchParams.get('duo_code') ?? '', who);
    };
    return { ...come, choose, result };
  };

  test('finds it in good health, or not', async () => {
    expect((await client().healthCheck()).stat).toBe('OK');
    tenant.turn('outage', true);
    await expect(client().healthCheck()).rejects.toThrow();
  });

  test('sends somebody to the prompt, who approves a push', async () => {
    const { choose, result } = await prompt('judge');
    const waiting = await choose({ factor: 'push' });
    expect((await browse(waiting.location ?? '')).location).toBeNull();
    press('judge', 'allow');
    const { location } = await browse(waiting.location ?? '');
    const { auth_context, auth_result, preferred_username } = await result(location);
    expect([preferred_username, auth_result?.result, auth_context?.factor]).toEqual(['judge', 'allow', 'duo_push']);
    await expect(result(location)).rejects.toThrow();
  });

  test('hears what else was used instead', async () => {
    const { choose, result } = await prompt('judge');
    const { location } = await choose({ factor: 'passcode', passcode: userOf('judge').passcode });
    expect((await result(location)).auth_context?.factor).toBe('duo_mobile_passcode');
    tenant.turn('bypass', true);
    const bypassed = await prompt('judge');
    const { auth_context } = await bypassed.result(bypassed.location);
    expect([auth_context?.factor, auth_context?.reason]).toEqual(['not_available', 'bypass_user']);
  });

  test('takes no answer for somebody else, and none under another signature', async () => {
    const someone = await prompt('judge');
    const { location } = await someone.choose({ factor: 'passcode', passcode: userOf('judge').passcode });
    await expect(someone.result(location, 'another')).rejects.toThrow('username');
    tenant.turn('wrongSignature', true);
    const forged = await prompt('judge');
    const code = await forged.choose({ factor: 'passcode', passcode: userOf('judge').passcode });
    await expect(forged.result(code.location)).rejects.toThrow('JWT');
  });

  test('comes back without an answer from whoever denies or cancels', async () => {
    const { choose } = await prompt('judge');
    const waiting = await choose({ factor: 'push' });
    press('judge', 'deny');
    expect((await browse(waiting.location ?? '')).location).toBeNull();
    const { location } = await choose({ factor: 'cancel' });
    expect(new URL(location ?? '').searchParams.get('error')).toBe('access_denied');
  });
});
