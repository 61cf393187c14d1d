import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { may, roles } from '../../src/core/roles/roles.ts';
import { days, minutes } from '../../src/kernel/clock.ts';
import { settings } from '../../src/settings.ts';
import { stylesOf } from '../../src/ui/brand.ts';
import { owner, programToken } from '../attacks/tools.ts';
import { makeAuthority } from '../support/authority.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';

const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }; // RFC 8037, A.2
const secret = 'a secret of forty characters, or so it is';

describe.each(kinds)('the settings of a house, on %s', (kind) => {
  let sallyport: Sallyport;
  afterEach(() => sallyport.close());
  const text = (browser: Browser) => browser.page.querySelector('main')?.textContent ?? '';

  test('whoever runs the house reads how it is set up, and no secret', async () => {
    sallyport = await openSallyport(kind, {
      applications: [
        { id: 'tracker', name: 'Tracker', secret, redirectUris: ['http://127.0.0.1:4001/callback'], firstParty: true },
      ],
      services: [
        {
          id: 'report',
          name: 'Nightly report',
          owner: 'ann',
          expires: '2026-01-01',
          keys: [publicKey],
          scopes: ['read'],
        },
      ],
      realms: [{ id: 'store', name: 'Store', applications: ['tracker'], ownMark: true }],
      mail: {
        host: 'mail.example.org',
        user: 'u',
        password: secret,
        from: 'Gate <gate@example.org>',
        words: { closing: { en: ['Your service desk, 4711'] } },
      },
      sms: { provider: 'webhook', url: 'https://sms.example.org', secret },
      methods: { 'email-code': { sendLimits: [{ sends: 2, withinMinutes: 30 }], dailyCeiling: 500 } },
    });
    const token = await programToken(sallyport, { name: 'nightly', scopes: ['policy:read'], lifetime: days(2) });
    const { home } = await owner(sallyport, 'boss', { role: 'system-administrator' });
    await home.visit('/admin/settings');
    const page = text(home);
    for (const what of [
      'nightly',
      'policy:read',
      'Store',
      'A PIN serves once here',
      'ann answers for it',
      'Nobody answers for it',
    ])
      expect(page).toContain(what);
    for (const what of [
      'mail.example.org:587',
      'Gate <gate@example.org>',
      'webhook',
      'Your service desk, 4711',
      '2 in 30 minutes',
      '500 a day',
    ])
      expect(page).toContain(what);
    expect(page).toContain('A proxy in front of this server has the certificate.');
    for (const what of [secret, token]) expect(home.page.toString()).not.toContain(what);
  });

  test.each(roles.map((role) => [role]))('of roles, %s reads it, or finds nothing there', async (role) => {
    sallyport = await openSallyport(kind, { applications: [] });
    const { home } = await owner(sallyport, 'one', { role });
    const { statusCode } = await home.send('GET', '/admin/settings');
    expect(statusCode).toBe(may({ role }, 'see-settings') ? 200 : 404);
  });

  test('a certificate says when it ends, and warns weeks before', async () => {
    const { certificate, key, pem } = makeAuthority();
    const ends = new X509Certificate(pem.cert).validToDate.getTime();
    sallyport = await openSallyport(kind, { applications: [], tls: { certificate, key } });
    const { clock } = sallyport;
    const { secret } = await owner(sallyport, 'eve', { role: 'auditor' });
    const seenAt = async (moment: number): Promise<string> => {
      clock.pass(moment - clock.now());
      const browser = await signIn(new Browser(sallyport.app), 'eve');
      await typeCode(browser, codeFor(sallyport, secret));
      await browser.visit('/admin/settings');
      return text(browser);
    };
    const long = await seenAt(ends - days(30));
    expect(long).toContain('localhost, 127.0.0.1 · valid until');
    expect(long).not.toContain('Ends soon');
    expect(await seenAt(ends - days(20))).toContain('Ends soon');
    expect(await seenAt(ends + 1)).toContain('Past');
    rmSync(certificate);
    expect(await seenAt(ends + minutes(1))).toContain('It cannot be read.');
  });

  test('pages bear the name and the colour of the house, and lead to its help', async () => {
    const brand = {
      name: 'Haus am See',
      accent: { light: '#0b57d0', dark: '#a8c7fa' },
      help: 'https://help.example.org/?a=1&b=2',
      imprint: 'https://example.org/imprint',
    };
    sallyport = await openSallyport(kind, { applications: [], brand });
    const browser = new Browser(sallyport.app);
    await browser.visit('/sign-in');
    expect(browser.page.querySelector('title')?.text).toBe('Sign in - Haus am See');
    const links = browser.page.querySelectorAll('.foot a').map((link) => [link.text, link.getAttribute('href')]);
    expect(links).toEqual([
      ['Deutsch', expect.any(String)],
      ['Help', brand.help],
      ['Imprint', brand.imprint],
    ]);
    const accent = browser.page.querySelectorAll('link[rel=stylesheet]').at(-1)?.getAttribute('href') ?? '';
    const { body, headers } = await browser.send('GET', accent);
    expect([headers['content-type'], body]).toEqual([
      'text/css; charset=utf-8',
      stylesOf(settings.parse({ publicUrl: 'http://localhost:4000', brand }).brand),
    ]);
  });
});
