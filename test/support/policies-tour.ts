import { decide } from '../attacks/tools.ts';
import { Browser } from './browser.ts';
import { protectedBy } from './others-tour.ts';
import type { Scenario } from './scenario.ts';
import { type Look, longName, submit } from './scenario-tour.ts';
import { signIn } from './verbs.ts';

const rules = [
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
];

const keepingOut = `policies:
  - name: the window
    when: { groups: [people-who-sit-by-the-window] }
    require: deny
  - name: abroad
    when: { networks: [198.51.100.0/24, "2001:db8:bad::/48"] }
    require: sfa
  - name: everybody
    require: mfa
    rememberDays: 30
guessing:
  lockAfter: 20
`;

/** Reads what is asked of whom, asks what somebody would meet, and drafts a change up to putting it in force. */
export async function policies(scene: Scenario, look: Look): Promise<void> {
  const { page, sallyport } = scene;
  await sallyport.person('boss', { role: 'system-administrator' });
  await protectedBy(scene, 'boss');
  await sallyport.person('pia', { groups: ['people-who-sit-by-the-window'] });
  await signIn(new Browser(sallyport.app, { host: new URL(scene.origin).host }), 'pia');
  await page.goto('/admin/policies');
  await look('policies, of the configuration', page);
  await decide(sallyport, ...rules);
  await page.goto('/admin/policies');
  await look('policies', page);
  await page.goto('/admin/policies?who=pia&to=own&from=192.0.2.7&in=known#what-if');
  await look('policies, what if', page);
  await page.goto('/admin/policies?who=nobody&to=gone&from=home');
  await look('policies, what if of nobody', page);
  await page.goto('/admin/policies/draft');
  await look('draft, begun', page);
  await page.fill('#document', 'policies:\n  - name: everybody\n   require: mfa');
  await submit(page, 'draft');
  await look('draft, not a policy yet', page);
  await page.fill('#document', keepingOut);
  await submit(page, 'draft');
  await page.goto('/admin/policies/draft?who=pia&to=own&from=192.0.2.7&in=known');
  await look('draft', page);
  await page.goto('/admin/policies/draft/replay');
  await look('draft, replayed', page);
  await submit(page, 'replay');
  await look('draft, who could not get in', page);
  await page.goto('/admin/policies/draft/apply');
  await look('put a policy in force', page);
  await page.fill('#sure', '2');
  await page.fill('#reason', 'They left');
  await submit(page, 'apply');
  await look('put a policy in force, not said to be meant', page);
  await page.check('#meant');
  await submit(page, 'apply');
  await look('put a policy in force, another number typed', page);
  await decide(sallyport, { name: 'everybody', require: 'mfa-if-owned' });
  await page.goto('/admin/policies/draft');
  await look('draft, older than what is in force', page);
}
