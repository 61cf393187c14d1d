import { afterEach, describe, expect, test } from 'vitest';
import { listPeople } from '../../src/core/accounts/people.ts';
import { selectorOf } from '../../src/methods/backup-codes/rules.ts';
import { host } from '../../src/proving/office.ts';
import { giveRole } from '../../src/proving/people.ts';
import { weighSome } from '../../src/proving/weighing.ts';
import { decide, owner, removalOf, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codesShown, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

const noCodes = { name: 'everybody', require: 'mfa-if-owned', methods: { backup: [] } };
const everyWay = { name: 'everybody', require: 'mfa-if-owned' };

describe.each(kinds)('what somebody must not lose, on %s', (kind) => {
  const opened: Sallyport[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  async function open(...policies: object[]): Promise<Sallyport> {
    const sallyport = await openSallyport(kind, { policies });
    opened.push(sallyport);
    return sallyport;
  }
  /** As upkeep does, until everybody is weighed. @returns how many were */
  async function weigh({ house: { gate } }: Sallyport): Promise<number> {
    let weighed = 0;
    for (let some = await weighSome(gate); some > 0; some = await weighSome(gate)) weighed += some;
    return weighed;
  }
  async function listed({ house: { gate } }: Sallyport): Promise<readonly string[]> {
    const wanted = { search: '', filter: 'hanging', after: '' } as const;
    return (await listPeople(gate.database.read, wanted, gate.clock.now())).people.map(({ username }) => username);
  }
  const noteOn = (browser: Browser): string | undefined =>
    [...browser.page.querySelectorAll('.note')]
      .map(({ textContent }) => textContent ?? '')
      .find((text) => /^Without/.test(text));

  test('they read it on their own pages with what to do, until they have done it', async () => {
    const sallyport = await open(noCodes);
    await sallyport.person('ann');
    const home = await signIn(new Browser(sallyport.app), 'ann');
    expect(noteOn(home)).toBe(undefined);
    await setUpAuthenticator(sallyport, home);
    const note = 'Without your phone you could not sign in. Add a second way: Security key or this device.';
    expect(noteOn(await home.visit('/account'))).toBe(note);
    expect(noteOn(await home.visit('/account/security'))).toBe(note);
    // It is true: the password is not enough, and nothing else is theirs.
    const other = await signIn(new Browser(sallyport.app), 'ann');
    expect(other.url).not.toBe('/account');
    // Where saved codes are taken they come to them on the way, and that is it.
    await decide(sallyport, everyWay);
    expect(codesShown(await home.visit('/account'))).toHaveLength(15);
    await home.press('Continue', { stored: 'yes' });
    expect([home.url, noteOn(home)]).toEqual(['/account', undefined]);
  });

  test('who has saved codes hangs on nothing, until the last is used', async () => {
    const sallyport = await open(everyWay);
    const { read } = sallyport.house.gate.database;
    const { backupCodes, home } = await owner(sallyport, 'bob');
    expect(noteOn(await home.visit('/account'))).toBe(undefined);
    expect([await weigh(sallyport), await listed(sallyport)]).toEqual([1, []]);
    // All but one were used some other day.
    const [last = ''] = backupCodes;
    const codes = read.withTables<{ backup_code: { selector: string; used_at: number | null } }>();
    await codes
      .updateTable('backup_code')
      .set({ used_at: 0 })
      .where('selector', '!=', selectorOf(last.replaceAll('-', '')))
      .execute();
    expect([await weighSome(sallyport.house.gate), await listed(sallyport)]).toEqual([0, []]);
    const browser = await signIn(new Browser(sallyport.app), 'bob');
    await browser.press('Try another way');
    await browser.press('Backup codes');
    await typeCode(browser, last);
    expect([await weigh(sallyport), await listed(sallyport)]).toEqual([1, ['bob']]);
  });

  test('they are found by whoever looks after them, who reads the same on their page', async () => {
    const sallyport = await open(noCodes);
    const { home } = await owner(sallyport, 'root', { role: 'administrator' });
    await owner(sallyport, 'ann');
    const bob = await sallyport.person('bob');
    await weigh(sallyport);
    await home.visit('/admin/people?state=hanging');
    expect(home.page.querySelector('.chip[aria-current]')?.textContent).toBe('Hangs on one thing');
    expect([...home.page.querySelectorAll('.people .name a')].map(({ textContent }) => textContent)).toEqual([
      'ann',
      'root',
    ]);
    await home.visit(home.page.querySelector('.people .name a')?.getAttribute('href') ?? '');
    expect(home.response.body).toContain('Without their phone they could not sign in.');
    expect(home.response.body).toContain('They can add: Security key or this device.');
    await home.visit(`/admin/people/${bob}`);
    expect(home.response.body).not.toContain('Without their');
  });

  test('it is weighed anew once the policy, a role or what they own is another, and not before', async () => {
    const sallyport = await open(everyWay);
    const { gate } = sallyport.house;
    const { home } = await owner(sallyport, 'ann');
    await sallyport.person('bob');
    expect([await weigh(sallyport), await weigh(sallyport), await listed(sallyport)]).toEqual([2, 0, []]);
    await decide(
      sallyport,
      { name: 'readers', when: { groups: ['auditor'] }, ...{ require: 'mfa', methods: { backup: [] } } },
      everyWay,
    );
    expect([await weigh(sallyport), await listed(sallyport)]).toEqual([2, []]);
    const ann = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'ann')?.['id'];
    await giveRole(gate, host, ann as never, 'auditor');
    expect([await weigh(sallyport), await listed(sallyport)]).toEqual([1, ['ann']]);
    await giveRole(gate, host, ann as never, null);
    await home.visit(await removalOf(home));
    await home.press('Remove');
    expect([await weigh(sallyport), await listed(sallyport)]).toEqual([1, []]);
  });
});
