import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/clock.ts';
import { listen } from '../../src/protocols/radius/index.ts';
import { owner } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { type DuoSallyport, openWithDuo, personWithDuo, press } from '../support/duo.ts';
import { radclient } from '../support/radclient.ts';
import { radiusFor, secret, vpn } from '../support/radius.ts';
import { password } from '../support/sallyport.ts';
import { codeFor } from '../support/verbs.ts';

const seal = { 'Message-Authenticator': '0x00' };

describe.each(kinds)('Debian’s radclient signs people in to a VPN, on %s', (kind) => {
  let sallyport: DuoSallyport;
  let line: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    sallyport = await openWithDuo(kind);
    const quiet = { info() {}, warn() {}, error() {} };
    const radius = radiusFor(sallyport, [{ ...vpn, networks: ['127.0.0.0/8'] }]);
    line = await listen(radius, { host: '127.0.0.1', port: 0 }, quiet);
  });
  afterAll(async () => {
    await line.stop();
    await sallyport.close();
  });

  const type = (name: string, typed: string, more: Record<string, string> = {}) =>
    radclient(line.port, secret, { 'User-Name': `"${name}"`, 'User-Password': `"${typed}"`, ...seal, ...more });

  test('by a password, then a code', async () => {
    const { secret: key } = await owner(sallyport, 'ann');
    sallyport.clock.pass(seconds(30));
    expect((await type('ann', 'not it')).code).toBe('Access-Reject');
    const asked = await type('ann', password);
    expect(asked).toMatchObject({
      code: 'Access-Challenge',
      attributes: { 'Reply-Message': expect.stringContaining('Authenticator app') },
    });
    expect(asked.output.indexOf('Message-Authenticator', asked.output.indexOf('Received'))).toBeLessThan(
      asked.output.indexOf('State ='),
    );
    const state = { State: asked.attributes['State'] ?? '' };
    const code = codeFor(sallyport, key);
    expect(await type('ann', code, state)).toMatchObject({ code: 'Access-Accept', attributes: { 'User-Name': 'ann' } });
    expect((await type('ann', code, state)).code).toBe('Access-Reject');
  });

  test('by a password, then a yes on their phone', async () => {
    await personWithDuo(sallyport, 'bob');
    const asked = await type('bob', password);
    expect(asked).toMatchObject({
      code: 'Access-Challenge',
      attributes: { 'Reply-Message': expect.stringContaining('Approve it on your phone') },
    });
    press(sallyport.tenant, 'bob', 'allow');
    expect((await type('bob', 'OK', { State: asked.attributes['State'] ?? '' })).code).toBe('Access-Accept');
  });

  test('hears that we are there; with another secret, or without a seal, it hears nothing', async () => {
    expect((await radclient(line.port, secret, seal, 'status')).code).toBe('Access-Accept');
    const given = { 'User-Name': '"ann"', 'User-Password': `"${password}"` };
    const silent = await Promise.all([
      radclient(line.port, 'a secret that is somebody else’s', { ...given, ...seal }),
      radclient(line.port, secret, given),
    ]);
    expect(silent.map(({ code }) => code)).toEqual([null, null]);
  });
});
