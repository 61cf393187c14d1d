import { expect } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { minutes } from '../../src/kernel/clock.ts';
import { decide } from '../attacks/tools.ts';
import { Browser } from './browser.ts';
import { password } from './sallyport.ts';
import type { Scenario } from './scenario.ts';
import { type Look, longName, name, submit } from './scenario-tour.ts';
import { codeFor, codeSentTo, setUpAuthenticator, signIn } from './verbs.ts';

/** Looks at everybody, and at one of them; does something to them, and forgets to say why. */
export async function others(scene: Scenario, look: Look): Promise<void> {
  const { page, sallyport } = scene;
  await sallyport.person('newcomer', { email: longName, groups: ['staff', 'people-who-sit-by-the-window'] });
  await sallyport.person('helper', { role: 'help-desk' });
  for (let n = 0; n < 50; n++) await sallyport.person(`person-${n}`);
  const { gate } = sallyport.house;
  const newcomer = (await findAccountByName(gate.database.read, 'newcomer')) ?? expect.fail();
  for (let n = 0; n < 6; n++)
    await gate.database.transaction((tx) =>
      charge(tx, { key: `second:${newcomer.id}`, schedule: 'second' }, gate.clock.now()),
    );
  await sallyport.person('boss', { role: 'system-administrator' });
  const secret = await protectedBy(scene, 'boss');
  await page.goto('/account');
  await look('overview, of whoever has a role', page);
  await page.goto('/admin/people');
  await look('people', page);
  await page.locator('a[rel="next"]').click();
  await look('people, the last of them', page);
  await page.goto('/admin/people?q=nobody&state=disabled');
  await look('people, nobody', page);
  await page.goto(`/admin/people/${newcomer.id}`);
  await look('a person', page);
  await policies(scene, look);
  await page.goto(`/admin/people/${newcomer.id}/unlock`);
  await look('unlock', page);
  await page.fill('#reason', ' ');
  await submit(page, 'unlock');
  await look('unlock, without a reason', page);
  await temporaryCode(scene, look);
  await page.goto(`/admin/people/${newcomer.id}/role`);
  await look('role', page);
  await page.selectOption('#role', 'auditor');
  await page.fill('#reason', 'Reads what was done');
  sallyport.clock.pass(minutes(6));
  await submit(page, 'role');
  await look('who wants that', page);
  await page.fill('#code', codeFor(sallyport, secret));
  await submit(page);
  await look('one press is left', page);
}

const keepingOut = `policies:
  - name: the window
    when: { groups: [people-who-sit-by-the-window] }
    require: phr
  - name: everybody
    require: mfa
    rememberDays: 30
`;

/** Reads what is asked of whom, and asks what somebody would meet. */
async function policies({ page, sallyport }: Scenario, look: Look): Promise<void> {
  await decide(
    sallyport,
    { name: 'abroad', when: { networks: ['198.51.100.0/24', '2001:db8:bad::/48'] }, require: 'deny' },
    {
      name: 'people who sit by the window',
      when: { groups: ['people-who-sit-by-the-window'], people: ['newcomer', longName] },
      require: 'mfa',
      methods: { second: ['totp', 'webauthn'], backup: [] },
      primary: { methods: ['webauthn', 'totp'], only: true },
      setUp: 'when-asked',
      help: 'Get your key at the help desk, room 114.',
    },
    { name: 'everybody', require: 'mfa-if-owned', rememberDays: 30 },
  );
  await page.goto('/admin/policies');
  await look('policies', page);
  await page.goto('/admin/policies?who=person-1&to=own&from=192.0.2.7&in=known#what-if');
  await look('policies, what if', page);
  await page.goto('/admin/policies?who=nobody&to=gone&from=home');
  await look('policies, what if of nobody', page);
  await page.goto('/admin/policies/draft');
  await page.fill('#document', 'policies:\n  - name: everybody\n   require: mfa');
  await submit(page, 'draft');
  await look('draft, not a policy yet', page);
  await page.fill('#document', keepingOut);
  await submit(page, 'draft');
  await page.goto('/admin/policies/draft?who=person-1&to=own&from=192.0.2.7&in=known');
  await look('draft', page);
  await page.goto('/admin/policies/draft/replay');
  await look('draft, replayed', page);
  await page.goto('/admin/policies/draft/apply');
  await page.fill('#reason', ' ');
  await submit(page, 'apply');
  await look('put a policy in force, without a reason', page);
}

/** Gives somebody a code who forgot their phone, and forgets to type the number first. */
async function temporaryCode({ page, sallyport }: Scenario, look: Look): Promise<void> {
  const caller = await sallyport.person('caller');
  await setUpAuthenticator(
    sallyport,
    await signIn(new Browser(sallyport.app, { host: new URL(page.url()).host }), 'caller'),
  );
  const give = () => page.locator('form[action$="/code"] button[type=submit]').click();
  await page.goto(`/admin/people/${caller}/code`);
  await look('temporary code', page);
  await submit(page, 'code/number');
  await look('temporary code, the number is sent', page);
  await page.fill('#number', '0');
  await page.fill('#reason', 'Left the phone at home');
  await give();
  await look('temporary code, not that number', page);
  await page.fill('#number', await codeSentTo(sallyport, 'caller@example.org'));
  await page.fill('#reason', 'Left the phone at home');
  await give();
  await look('temporary code, to be read out', page);
}

/** Comes in, and sets an authenticator app up. */
export async function protectedBy({ page, sallyport }: Scenario, username: string): Promise<string> {
  await name(page, username);
  await page.fill('#password', password);
  await submit(page);
  await page.goto('/account/security');
  await submit(page, 'totp/set-up');
  const secret = (await page.locator('.secret').textContent())?.replaceAll(' ', '') ?? '';
  await page.fill('#code', codeFor(sallyport, secret));
  await submit(page, 'set-up');
  await page.check('#stored');
  await submit(page, 'set-up');
  return secret;
}
