import { sql } from 'kysely';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator, pointOf } from '../../../test/support/authenticator.ts';
import { kinds } from '../../../test/support/databases.ts';
import { openSallyport, type Sallyport } from '../../../test/support/sallyport.ts';
import { keysTaken } from '../../../test/support/virtual-key.ts';
import { newId } from '../../kernel/ids.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import type { AccountId, Subject } from '../method.ts';
import { findUserHandle } from './store.ts';
import { importU2f, type U2fRegistration } from './u2f.ts';

const appId = 'https://old.example.org/app-id.json';

describe.each(kinds)('keys as they are kept, on %s', (kind) => {
  let sallyport: Sallyport;
  let live: LiveMethod;
  beforeAll(async () => {
    sallyport = await openSallyport(kind, keysTaken);
    live = sallyport.house.gate.methods.get('webauthn') as LiveMethod;
  });
  afterAll(() => sallyport.close());

  const whom = (account: AccountId) => ({ account, name: 'ann', memo: new Map<string, string>(), returnTo: '' });

  /** What the page that asks says, as the browser gets it. */
  async function pageFor(subject: Subject): Promise<string> {
    const { body } = (await live.ask(subject))('en', null);
    return renderToString(h('main', {}, body));
  }

  /** A key of the U2F days: it makes its pair for an address, tells no person, and counts. */
  function oldKey() {
    const authenticator = new Authenticator('http://localhost:4000', { verifies: false });
    authenticator.create({ challenge: 'AAAA', rp: { id: appId }, user: { id: 'AAAA' } });
    const made = authenticator.keys[0];
    if (made === undefined) throw new Error('no key');
    const keyHandle = made.id.toString('base64url');
    return { authenticator, registration: { keyHandle, publicKey: pointOf(made.key.publicKey), appId, counter: 1 } };
  }
  const take = (account: AccountId, registration: U2fRegistration): Promise<boolean> => {
    const { gate } = sallyport.house;
    const bound = { at: gate.clock.now(), level: 1 as const };
    const id = newId<'credential'>(gate.chance);
    return gate.database.transaction((tx) => importU2f(tx, gate, { id, account, bound }, registration));
  };

  test('a registration of the U2F days is taken over, and signs for the address it was made for', async () => {
    const account = await sallyport.person('ann');
    const { authenticator, registration } = oldKey();
    expect(await take(account, registration)).toBe(true);
    const subject = whom(account);
    expect(await pageFor(subject)).toContain(`appid&quot;:&quot;${appId}`);
    const { challenge } = JSON.parse(subject.memo.get('ask') ?? '') as { challenge: string };
    const outcome = await live.check(subject, {
      response: authenticator.get({ challenge, extensions: { appid: appId } }),
    });
    expect(outcome).toMatchObject({ is: 'proven', evidence: { kinds: ['possession'], hardware: false } });
    expect(await live.list(sallyport.house.gate.database.read, account)).toHaveLength(1);
  });

  test('it is taken over once, for one person, and only with a key that is one', async () => {
    const [bob, cleo] = [await sallyport.person('bob'), await sallyport.person('cleo')];
    const { registration } = oldKey();
    expect(await take(bob, registration)).toBe(true);
    expect(await take(cleo, registration)).toBe(false);
    expect(await take(cleo, { ...oldKey().registration, publicKey: registration.publicKey.subarray(1) })).toBe(false);
  });

  test.each(['public_key', 'account_id', 'backup_eligible', 'hardware', 'rp_id', 'kind'])(
    'a row whose %s was changed by others opens nothing',
    async (column) => {
      const [dora, eve] = [await sallyport.person(`dora-${column}`), await sallyport.person(`eve-${column}`)];
      await take(dora, oldKey().registration);
      const changed = column === 'account_id' ? eve : ['backup_eligible', 'hardware'].includes(column) ? 1 : 'other';
      const { read } = sallyport.house.gate.database;
      await sql`update webauthn set ${sql.ref(column)} = ${changed} where account_id = ${dora}`.execute(read);
      const account = column === 'account_id' ? eve : dora;
      await expect(live.list(read, account)).rejects.toThrow('changed by others');
    },
  );

  test('somebody is the same to all their keys, as long as they have one', async () => {
    const account = await sallyport.person('fay');
    await take(account, oldKey().registration);
    const { read } = sallyport.house.gate.database;
    const handle = await findUserHandle(read, account);
    expect(Buffer.from(handle ?? '', 'base64url')).toHaveLength(64);
    await take(account, oldKey().registration);
    expect(await findUserHandle(read, account)).toBe(handle);
  });

  test('to a stranger nobody’s keys are named, whether there are some or not', async () => {
    const account = await sallyport.person('gil');
    await take(account, oldKey().registration);
    const unproven = 'stranger' as const;
    const asked = async (who: typeof account | null) => {
      const subject = { account: who, name: 'gil', memo: new Map<string, string>(), returnTo: '', unproven };
      return /allowCredentials.*?]/.exec(await pageFor(subject))?.[0];
    };
    expect(await asked(account)).toBe(await asked(null));
    expect(await asked(account)).not.toContain('public-key');
  });
});
