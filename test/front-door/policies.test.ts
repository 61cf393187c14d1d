import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { table } from '../../src/flow/table.ts';
import { words } from '../../src/surfaces/admin/policies/words.ts';
import { languages } from '../../src/ui/language.ts';
import { decide, halfway, owner, rowsOf } from '../attacks/tools.ts';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, signIn, typeCode } from '../support/verbs.ts';

/** Whoever reads the page gets in whatever is asked of others. */
const reader = { name: 'reader', when: { people: ['boss'] }, require: 'mfa' };
const wiki = { id: 'wiki', name: 'Wiki', redirectUris: ['https://wiki.example/callback'] };

describe.each(kinds)('the page of policies, on %s', (kind) => {
  let sallyport: Sallyport;
  let boss: Browser;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, { applications: [wiki] });
    ({ home: boss } = await owner(sallyport, 'boss', { role: 'auditor' }));
  });
  afterAll(() => sallyport.close());

  const rules = () => boss.page.querySelectorAll('.rules > li').map((item) => item.textContent.replaceAll(/\s+/g, ' '));

  /** The rows of the flow that somebody would meet, as the page says it. */
  async function rowsFor(asked: Record<string, string>): Promise<readonly string[]> {
    await boss.visit(`/admin/policies?${new URLSearchParams(asked)}`);
    return boss.page.querySelectorAll('.walked code').map((row) => row.textContent);
  }
  const outcome = () => boss.page.querySelector('.ways .badge')?.textContent;
  const rulesNamed = () => [...new Set(boss.page.querySelectorAll('.walked bdi').map((rule) => rule.textContent))];

  /** The rows that decided while somebody really came in, from their first proof on. */
  async function rowsMet(name: string, act: () => Promise<unknown>): Promise<readonly unknown[]> {
    const ids = async () => (await rowsOf(sallyport, 'decision')).map(({ id }) => id);
    const before = await ids();
    await act();
    const account = (await rowsOf(sallyport, 'account')).find(({ username }) => username === name)?.['id'];
    return (await rowsOf(sallyport, 'decision'))
      .filter(({ id, account_id }) => account_id === account && !before.includes(id))
      .sort((a, b) => Number(a['at']) - Number(b['at']))
      .map(({ row_name }) => row_name);
  }

  test('each rule is said in words, in its order, with whoever put it in force', async () => {
    await decide(
      sallyport,
      { name: 'wiki from outside', when: { applications: ['wiki'], networks: ['0.0.0.0/0'] }, require: 'mfa' },
      {
        name: 'tokens',
        when: { groups: ['ops', 'dev'] },
        require: 'mfa',
        methods: { second: ['totp'] },
        setUp: 'never',
      },
      { name: 'everybody', require: 'sfa', rememberDays: 30 },
    );
    await boss.visit('/admin/policies');
    expect(rules()).toEqual([
      'wiki from outsideTwo proofsOn the way to Wiki, from 0.0.0.0/0',
      'tokensTwo proofsWhoever is in ops or devBesides what comes first, only: Authenticator app.People set nothing up themselves.',
      'everybodyOne proofEverybodyA device may be remembered for 30 days.',
    ]);
    expect(boss.response.body).toContain('Version 1');
    expect(boss.response.body).toContain('by whoever runs the host');
  });

  test('what it says somebody would meet is what they meet', async () => {
    await sallyport.person('ann');
    const { secret } = await owner(sallyport, 'bob');
    for (const require of ['sfa', 'mfa-if-owned', 'mfa', 'phr'] as const) {
      await decide(sallyport, reader, { name: `all ${require}`, require });
      const ann = await rowsMet('ann', () => signIn(new Browser(sallyport.app), 'ann'));
      const said = await rowsFor({ who: 'ann', from: '127.0.0.1', in: 'new' });
      expect([require, said.slice(2, 2 + ann.length)]).toEqual([require, ann]);
      sallyport.clock.pass(30_000);
      const bob = await rowsMet('bob', async () => {
        const browser = await halfway(sallyport, 'bob');
        if (browser.url !== '/account') await typeCode(browser, codeFor(sallyport, secret));
      });
      const saidOfBob = await rowsFor({ who: 'bob', from: '127.0.0.1', in: 'new' });
      expect([require, saidOfBob.slice(2, 2 + bob.length)]).toEqual([require, bob]);
      expect(rulesNamed()).toEqual([`all ${require}`]);
    }
  });

  test('it says where a way ends, for whoever is denied, disabled or without a way on', async () => {
    await sallyport.person('dot', { groups: ['out'] });
    await decide(
      sallyport,
      { name: 'out', when: { groups: ['out'] }, require: 'deny' },
      { name: 'far', when: { networks: ['198.51.100.0/24'] }, require: 'phr', setUp: 'never' },
      { name: 'rest', require: 'mfa-if-owned' },
    );
    const ends = async (asked: Record<string, string>) => [(await rowsFor(asked)).at(-1), outcome()];
    expect(await ends({ who: 'dot' })).toEqual(['not-here', 'Not let in']);
    expect(await ends({ who: 'ann', from: '198.51.100.7' })).toEqual(['dead-end', 'Stuck']);
    expect(await ends({ who: 'ann', from: '192.0.2.1' })).toEqual(['let-through', 'Gets in']);
    const { gate } = sallyport.house;
    await gate.database.read
      .withTables<{ account: { username: string; disabled_at: number | null } }>()
      .updateTable('account')
      .set({ disabled_at: 1 })
      .where('username', '=', 'ann')
      .execute();
    expect((await ends({ who: 'ann' }))[1]).toBe('Stuck: disabled');
  });

  test('a browser that is remembered is excused at applications, as long as the rule says, and nowhere else', async () => {
    await decide(sallyport, { name: 'remembering', require: 'mfa-if-owned', rememberDays: 3 });
    const asked = { who: 'bob', from: '192.0.2.1' };
    expect(await rowsFor({ ...asked, to: 'wiki', in: 'known' })).toEqual([
      'who-are-you',
      'usual-way',
      'only-way',
      'let-through',
    ]);
    expect(await rowsFor({ ...asked, to: 'wiki', in: 'remembered' })).toEqual([
      'who-are-you',
      'usual-way',
      'let-through',
    ]);
    expect(boss.response.body).toContain('takes the place of a second proof');
    expect((await rowsFor({ ...asked, in: 'remembered' })).length).toBe(4);
    await decide(sallyport, { name: 'forgetting', require: 'mfa-if-owned' });
    expect((await rowsFor({ ...asked, to: 'wiki', in: 'remembered' })).length).toBe(4);
  });

  test('nothing comes of asking: no attempt, no decision, no entry, no session', async () => {
    const state = async () =>
      JSON.stringify(
        await Promise.all(
          ['attempt', 'decision', 'audit', 'totp', 'outbox', 'browser', 'browser_account'].map((name) =>
            rowsOf(sallyport, name),
          ),
        ),
      );
    const before = await state();
    for (const kindOf of ['new', 'known', 'remembered', 'kept'])
      await rowsFor({ who: 'bob', from: '192.0.2.1', in: kindOf, to: 'wiki' });
    expect(await state()).toBe(before);
  });

  test('what is amiss about a question is said beside its field', async () => {
    const said = async (asked: Record<string, string>) => {
      await boss.visit(`/admin/policies?${new URLSearchParams(asked)}`);
      return boss.page.querySelectorAll('.wrong').map((one) => one.textContent);
    };
    expect(await said({ who: 'nobody-at-all' })).toEqual(['Nobody here is called that.']);
    expect(await said({ who: 'bob', from: 'home' })).toEqual([expect.stringContaining('That is no address.')]);
    expect(await said({ who: 'bob', to: 'gone' })).toEqual([expect.stringContaining('no such application')]);
  });
});

test.each(languages)('in %s there are words for every row of the flow', (language) => {
  expect(Object.keys(words[language].whatIf.rows).sort()).toEqual(table.map(({ name }) => name).sort());
});
