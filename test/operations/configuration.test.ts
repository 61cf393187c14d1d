import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { withoutSecrets } from '../../src/cli/check-config.ts';
import { loadSettings } from '../../src/load-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-config-'));
const written = (text: string): string => {
  const path = join(folder, `${Math.abs(text.length * 7919)}-${process.hrtime.bigint()}.yaml`);
  writeFileSync(path, text);
  return path;
};
const load = (config: unknown, variables = {}) => loadSettings(written(stringify(config)), variables);
const mistakes = (config: unknown, variables = {}): readonly string[] => {
  const loaded = load(config, variables);
  return loaded.is === 'bad' ? loaded.mistakes : [];
};

const tracker = {
  id: 'tracker',
  name: 'Tracker',
  redirectUris: ['https://tracker.example/cb'],
  secret: 's'.repeat(40),
};
const good = {
  publicUrl: 'https://id.example.org',
  applications: [tracker],
  policies: [
    { name: 'tracker', when: { applications: ['tracker'] }, require: 'mfa', methods: { second: ['totp'] } },
    { name: 'everybody', require: 'mfa-if-owned' },
  ],
};

describe('the configuration', () => {
  test('is taken when it is good', () => {
    expect(mistakes(good)).toEqual([]);
  });

  test('names every mistake at once, each where it stands', () => {
    const found = mistakes({
      publicUrl: 'http://id.example.org',
      listen: { port: '4000' },
      trustedProxies: ['10.0.0.0/8', 'the proxy'],
      database: 'mysql://x',
      hashing: { passes: 1 },
      methods: { totp: { isuer: 'typo' } },
      directory: {
        servers: ['ldap:/dc', 'http://dc'],
        user: 'sallyport',
        people: 'ou=people',
        filter: 'memberOf=staff',
      },
      metrics: { token: 'short' },
      logLevel: 'loud',
      policies: [{ name: 'only some', when: { groups: ['x'] }, require: 'mfa' }],
    });
    for (const where of [
      'publicUrl: must be https',
      'listen.port: ',
      'trustedProxies.1: must be an address or a network',
      'database: must be sqlite:PATH or postgres://',
      'hashing.passes: ',
      'methods.totp: ',
      'directory.servers.0: must be ldaps://HOST or ldap://HOST',
      'directory.servers.1: must be',
      'directory.user: must be a distinguished name',
      'directory.filter: must be a filter',
      'metrics.token: must have at least 32 characters',
      'logLevel: ',
      'policies: the last rule must match everybody',
    ])
      expect(found.filter((mistake) => mistake.startsWith(where))).toHaveLength(1);
    expect(found).toHaveLength(14);
  });

  test('is refused where its parts do not fit together', () => {
    const found = mistakes({
      ...good,
      applications: [tracker, tracker],
      policies: [
        { name: 'a', when: { applications: ['wiki'] }, require: 'mfa', methods: { second: ['totp', 'fax'] } },
        { name: 'a', require: 'mfa' },
      ],
      tls: { certificate: '/nowhere/certificate.pem', key: '/nowhere/key.pem' },
    });
    expect(found).toEqual([
      'applications: the id tracker is given twice',
      'policies: the name a is given twice',
      'policies: a names the application wiki, which there is not',
      'policies: a names the method fax, which there is not',
      'tls.certificate: /nowhere/certificate.pem cannot be read',
      'tls.key: /nowhere/key.pem cannot be read',
    ]);
  });

  test('is refused where a site stands on a host that is not its own, or where nobody could ask about it', () => {
    const at = (id: string, origin: string) => ({ id, name: id, origin });
    const sites = [at('wiki', 'https://wiki.example.org'), at('tracker', `${good.publicUrl}:8443`)];
    expect(mistakes({ ...good, trustedProxies: [], sites })).toEqual([
      'applications: the id tracker is given twice',
      `sites: the host ${new URL(good.publicUrl).hostname} is given twice, or is that of publicUrl`,
      'sites: trustedProxies names nobody who could ask',
    ]);
  });

  test('is refused where nobody would know who asks from an address, by whose rules, or with which secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-'));
    const short = join(folder, 'short');
    writeFileSync(short, 'too short\n');
    const at = (id: string, network: string, more: object) => ({ id, name: id, networks: [network], ...more });
    const secret = 'a secret of sixteen and more';
    const clients = [
      at('vpn', '10.0.0.0/24', { secret }),
      at('wifi', '10.0.0.7', { secretFile: '/nowhere/secret', application: 'fax' }),
      at('tracker', '10.0.1.7', { secretFile: short }),
    ];
    const plugins = [at('plug', '::/0', {}), at('more', '2001:db8::1', {})];
    expect(mistakes({ ...good, radius: { clients }, privacyidea: { clients: plugins } })).toEqual([
      'applications: the id tracker is given twice',
      'radius.clients: wifi: there is no application fax',
      'radius.clients: vpn and wifi may ask from the same address: which is it?',
      'privacyidea.clients: plug and more may ask from the same address: which is it?',
      'radius.clients: wifi: /nowhere/secret cannot be read',
      `radius.clients: tracker: ${short} must hold at least 16 characters`,
    ]);
    expect(mistakes({ ...good, radius: { clients: [at('vpn', '10.0.0.7', {})] } })).toEqual([
      'radius.clients.0: give secret or secretFile: nobody would be answered',
    ]);
  });

  test('is refused where mail alone would answer an application that asks for more (D22)', () => {
    const mail = { host: 'mail.example.org', from: 'no-reply@example.org' };
    const rule = { name: 'codes', require: 'mfa', countsForStepUp: ['email-code'] };
    const counts = (recovery: object) => mistakes({ ...good, mail, policies: [rule], recovery });
    expect(counts({})).toEqual([
      'policies: codes counts email-code for more, and recovery.waitHours is not 0: mail alone would do',
    ]);
    expect(counts({ waitHours: 0 })).toEqual([]);
    expect(counts({ offered: false })).toEqual([]);
  });

  test('is refused where it would send nothing: no sender, no file, a password in the clear', () => {
    const rule = { name: 'codes', require: 'mfa', methods: { second: ['email-code'] } };
    expect(mistakes({ ...good, policies: [rule] })).toEqual([
      'policies: codes names the method email-code, and mail is not given: nobody would send its codes',
    ]);
    const mail = { host: 'mail.example.org', from: 'Sallyport <no-reply@example.org>' };
    const withPassword = { ...mail, user: 'post', passwordFile: '/nowhere/password' };
    expect(mistakes({ ...good, policies: [rule], mail: withPassword, network: { ca: '/nowhere/ca.pem' } })).toEqual([
      'network.ca: /nowhere/ca.pem cannot be read',
      'mail.passwordFile: /nowhere/password cannot be read',
    ]);
    expect(mistakes({ ...good, mail: { ...withPassword, tls: 'none' } })).toEqual([
      'mail: a password is never sent without TLS',
    ]);
    expect(mistakes({ ...good, mail: { ...mail, user: 'post' } })).toEqual(['mail: user and password belong together']);
    expect(mistakes({ ...good, mail: { ...mail, from: 'a@b\r\nBcc: c@d' } })[0]).toMatch(/^mail.from: /);
    expect(mistakes({ ...good, sms: { provider: 'pigeon' } })[0]).toMatch(/^sms/);
    expect(mistakes({ ...good, sms: { provider: 'twilio', from: '+1' } })[0]).toMatch(/^sms.accountSid/);
    const priced = { provider: 'webhook', url: 'https://sms.example.org', price: { amount: 1, currency: 'EURO' } };
    expect(mistakes({ ...good, sms: priced })).toEqual([
      'sms.price.currency: must be a currency of ISO 4217, such as EUR',
    ]);
  });

  test('is no YAML, or not there: one sentence, no stack', () => {
    expect(loadSettings(written('publicUrl: [unclosed'), {})).toMatchObject({ is: 'bad' });
    expect(loadSettings('/nowhere/sallyport.yaml', {})).toMatchObject({ is: 'bad' });
    expect(loadSettings(written('just a sentence'), {})).toMatchObject({ is: 'bad' });
    expect(loadSettings(written('- a\n- list'), {})).toMatchObject({ is: 'bad' });
  });

  test('variables stand over the file, and may name a file that holds the value', () => {
    const secret = written(`${'t'.repeat(40)}\n`);
    const loaded = load(good, {
      SALLYPORT_LISTEN__PORT: '443',
      SALLYPORT_METRICS__TOKEN_FILE: secret,
      SALLYPORT_LOG_LEVEL: 'warn',
    });
    expect(loaded).toMatchObject({
      is: 'good',
      config: { listen: { port: 443 }, metrics: { token: 't'.repeat(40) }, logLevel: 'warn' },
    });
  });

  test('is told without its secrets', () => {
    const database = 'postgres://sallyport:hunter2hunter2@db.example.org/sallyport';
    const sent = {
      mail: { host: 'mail', from: 'a@b.org', user: 'post', password: 'hunter2', proxy: 'http://us:hunter2@proxy:3128' },
      sms: { provider: 'webhook', url: 'https://sms.example.org', secret: 'ssss', headers: { authorization: 'tttt' } },
    };
    const loaded = load({ ...good, ...sent, database, metrics: { token: 't'.repeat(40) } });
    if (loaded.is === 'bad') throw new Error(loaded.mistakes.join());
    const told = stringify(withoutSecrets(loaded.config));
    expect(told).toContain('db.example.org');
    expect(told).not.toMatch(/hunter2|tttt|ssss/);
  });
});
