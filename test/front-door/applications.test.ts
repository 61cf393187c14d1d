import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { countAll } from '../../src/core/tallies/count.ts';
import { owner, rowsOf } from '../attacks/tools.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

const secret = 'a secret of forty characters, or so it is';
const tracker = {
  id: 'tracker',
  name: 'Tracker',
  secret,
  owners: ['Olga'],
  redirectUris: ['https://tracker.test/callback'],
};
const ledger = { id: 'ledger', name: 'Ledger', owners: ['olaf', 'nobody'], redirectUris: ['https://ledger.test/'] };
const storeroom = {
  id: 'storeroom',
  name: 'Storeroom',
  origin: 'https://storeroom.test',
  owners: ['olga', 'team@example.org'],
};
const policies = [
  { name: 'tracker alone', when: { applications: ['tracker'] }, require: 'mfa' },
  { name: 'ledger alone', when: { applications: ['ledger'] }, require: 'phr' },
  { name: 'everybody', require: 'mfa-if-owned' },
];

describe.each(kinds)('whoever owns an application, on %s', (kind) => {
  let sallyport: Sallyport;
  let olga: Browser;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { applications: [tracker, ledger], sites: [storeroom], policies });
    ({ home: olga } = await owner(sallyport, 'olga', { role: 'application-owner' }));
  });
  afterAll(() => sallyport.close());
  const text = (browser: Browser) => browser.page.querySelector('main')?.textContent ?? '';
  const statusAt = async (browser: Browser, path: string) => (await browser.send('GET', path)).statusCode;

  test('sees theirs, by whatever capitals their name is written, and no other', async () => {
    await olga.visit('/admin/applications');
    expect(text(olga)).toContain('Tracker');
    expect(text(olga)).toContain('Storeroom');
    expect(text(olga)).toContain('with a secret');
    expect(text(olga)).not.toContain('Ledger');
    const paths = ['tracker', 'storeroom', 'ledger', 'nothing'].map((id) => `/admin/applications/${id}`);
    expect(await Promise.all(paths.map((path) => statusAt(olga, path)))).toEqual([200, 200, 404, 404]);
  });

  test('finds nothing else of the house', async () => {
    for (const path of ['/admin', '/admin/people', '/admin/audit', '/admin/policies', '/admin/settings'])
      expect([path, await statusAt(olga, path)]).toEqual([path, 404]);
    await olga.visit('/account');
    expect(olga.response.body).toContain('href="/admin/applications"');
    expect(olga.response.body).not.toContain('href="/admin"');
  });

  test('reads by what rules people come, how it is set up and who comes, and no secret', async () => {
    const { gate } = sallyport.house;
    const pat = await findAccountByName(gate.database.read, 'olga');
    await gate.database.transaction(async (tx) => {
      for (const application of ['tracker', 'ledger'])
        await addEntry(tx, gate, {
          event: 'session.started',
          account: pat?.id ?? null,
          address: '192.0.2.7',
          detail: { ways: 'password totp', application },
        });
    });
    while ((await sealEntries(gate)) > 0);
    await countAll(gate);
    await olga.visit('/admin/applications/tracker');
    for (const what of ['tracker alone', 'everybody', 'https://tracker.test/callback', 'Olga', '1 in 30 days'])
      expect(text(olga)).toContain(what);
    for (const what of ['ledger alone', secret, '192.0.2.7', '/admin/people'])
      expect(olga.response.body).not.toContain(what);
  });

  test('who is named without the role, or has the role without being named, sees nothing', async () => {
    const { home: olaf } = await owner(sallyport, 'olaf');
    expect(await statusAt(olaf, '/admin/applications/ledger')).toBe(404);
    const { home: other } = await owner(sallyport, 'other', { role: 'application-owner' });
    await other.visit('/admin/applications');
    expect(text(other)).toContain('No application names you');
    expect(await statusAt(other, '/admin/applications/tracker')).toBe(404);
  });

  test('a name that is another’s address owns nothing', async () => {
    const { home } = await owner(sallyport, 'eve', { role: 'application-owner', email: 'team@example.org' });
    expect(await statusAt(home, '/admin/applications/storeroom')).toBe(404);
  });

  test('whoever looks after people sees all, who of those named is missing, and who came', async () => {
    const { home } = await owner(sallyport, 'audrey', { role: 'auditor' });
    await home.visit('/admin/applications/ledger');
    expect(text(home)).toContain('There is nobody of this name');
    expect(text(home)).toContain('Without the role');
    expect(home.response.body).toContain('/admin/people/');
    expect((await rowsOf(sallyport, 'tally')).filter(({ kind }) => kind === 'application')).toHaveLength(2);
  });
});
