import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { method } from '../../src/methods/hardware-token/index.ts';
import { sortOut } from '../../src/methods/hardware-token/stock.ts';
import { seedMark, useStep } from '../../src/otp/replay.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { button, shows, tableOf, tokenCalled, tokens } from '../support/tokens.ts';
import { signIn, typeCode } from '../support/verbs.ts';

describe.each(kinds)('a hardware token in wrong hands, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { methods: { 'hardware-token': {} } });
  });
  afterAll(() => sallyport.close());
  const now = () => sallyport.clock.now();
  const bring = (...serials: readonly string[]) =>
    tokens(
      sallyport,
      'import',
      tableOf(
        mkdtempSync(join(tmpdir(), 'sallyport-')),
        serials.map((serial) => tokenCalled(serial, serial.startsWith('B') ? button : {})),
      ),
    );

  test.each(['C-1', 'B-1'])('T13: two browsers type the same code of %s at once, and one gets in', async (serial) => {
    const name = `ann-${serial}`.toLowerCase();
    await sallyport.person(name);
    await bring(serial);
    await tokens(sallyport, 'assign', serial, name);
    const token = tokenCalled(serial, serial === 'B-1' ? button : {});
    const browsers = [await signIn(new Browser(sallyport.app), name), await signIn(new Browser(sallyport.app), name)];
    await Promise.all(browsers.map((browser) => typeCode(browser, shows(token, now()))));
    expect(browsers.filter(({ text }) => text.includes('already been used'))).toHaveLength(1);
    expect(browsers.filter(({ text }) => text.includes('backup codes'))).toHaveLength(1);
  });

  test('whoever reads a serial number has ten guesses at it, and then only the house gives it out', async () => {
    const account = await sallyport.person('eve');
    await bring('C-2');
    const live = method.open(sallyport.house.gate, {});
    const enrol = (code: string) =>
      live.enrol({ account, name: 'eve', memo: new Map(), returnTo: '' }, { serial: 'C-2', code });
    for (let n = 0; n < 10; n++) expect(await enrol('000000')).toEqual({ is: 'again', because: 'wrong' });
    expect(await enrol(shows(tokenCalled('C-2'), now()))).toEqual({ is: 'again', because: 'limited' });
    await tokens(sallyport, 'assign', 'C-2', 'eve');
    expect(await live.list(sallyport.house.gate.database.read, account)).toHaveLength(1);
  });

  test('nobody sets up what is another’s, however right the code', async () => {
    await sallyport.person('owner');
    const eve = await sallyport.person('eve-2');
    await bring('C-3');
    await tokens(sallyport, 'assign', 'C-3', 'owner');
    const live = method.open(sallyport.house.gate, {});
    const code = shows(tokenCalled('C-3'), now());
    const subject = { account: eve, name: 'eve', memo: new Map<string, string>(), returnTo: '' };
    expect(await live.enrol(subject, { serial: 'C-3', code })).toEqual({ is: 'again', because: 'wrong' });
  });

  test('D31: a secret that somebody uses here in any other way comes into no stock', async () => {
    const { gate } = sallyport.house;
    const token = tokenCalled('C-4');
    await gate.database.transaction((tx) => useStep(tx, seedMark(gate.ring, token.secret), 1));
    const { good, refused } = await sortOut(gate.database.read, gate, [{ line: 1, token }]);
    expect([good, refused.map(({ why }) => why)]).toEqual([[], ['somebody holds this secret already']]);
  });
});
