import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adapterFor } from '../../src/protocols/oidc/adapter.ts';
import { openKeys, rotateSigningKeys } from '../../src/protocols/oidc/keys.ts';
import { findRecord, removeExpiredRecords } from '../../src/protocols/oidc/records.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { Application, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('what OpenID Connect keeps, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
  });
  afterAll(() => sallyport.close());
  const adapter = (model: string) => adapterFor(sallyport.house)(model);

  test('a record is found by its id and model, changed, and gone when destroyed', async () => {
    const kept = adapter('AccessToken');
    await kept.upsert('an-id', { jti: 'an-id', accountId: 'ann' }, 60);
    expect(await kept.find('an-id')).toEqual({ jti: 'an-id', accountId: 'ann' });
    expect(await adapter('RefreshToken').find('an-id')).toBeUndefined();
    await kept.upsert('an-id', { jti: 'an-id', accountId: 'bob' }, 60);
    expect(await kept.find('an-id')).toEqual({ jti: 'an-id', accountId: 'bob' });
    await kept.destroy('an-id');
    expect(await kept.find('an-id')).toBeUndefined();
  });

  test('one is consumed once, and shows it; of many at once one is first, and then the grant is gone', async () => {
    const kept = adapter('AuthorizationCode');
    await kept.upsert('a-code', { jti: 'a-code', grantId: 'a-grant' }, 60);
    await kept.consume('a-code');
    expect(await kept.find('a-code')).toMatchObject({ consumed: true });
    await adapter('AccessToken').upsert('a-token', { jti: 'a-token', grantId: 'a-grant' }, 60);
    await expect(kept.consume('a-code')).rejects.toThrow('invalid_grant');
    expect(await adapter('AccessToken').find('a-token')).toBeUndefined();

    await kept.upsert('raced', { jti: 'raced', grantId: 'another' }, 60);
    const raced = await Promise.allSettled(Array.from({ length: 10 }, () => kept.consume('raced')));
    expect(raced.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
  });

  test('all that a grant gave goes at once, and nothing else', async () => {
    await adapter('AccessToken').upsert('mine', { jti: 'mine', grantId: 'one' }, 60);
    await adapter('AccessToken').upsert('other', { jti: 'other', grantId: 'two' }, 60);
    await adapter('AccessToken').revokeByGrantId('one');
    expect(await adapter('AccessToken').find('mine')).toBeUndefined();
    expect(await adapter('AccessToken').find('other')).toBeDefined();
  });

  test('a grant that rests on nothing is no grant', async () => {
    await adapter('Grant').upsert('loose', { jti: 'loose', accountId: 'ann' }, 60);
    expect(await adapter('Grant').find('loose')).toBeUndefined();
  });

  test('what has expired is forgotten', async () => {
    const { gate } = sallyport.house;
    await adapter('AccessToken').upsert('old', { jti: 'old' }, 60);
    sallyport.pass(60_000 + 600_000);
    await gate.database.transaction((tx) => removeExpiredRecords(tx, gate.clock.now()));
    expect(await findRecord(gate, 'AccessToken', 'old')).toBeNull();
  });

  test('a new key is shown before it signs, and an old one until what it signed is over', async () => {
    const { gate } = sallyport.house;
    const shown = async () => {
      const { keys } = (await (await fetch(`${sallyport.issuer}/oauth/jwks`)).json()) as { keys: { kid: string }[] };
      return keys.map(({ kid }) => kid);
    };
    await sallyport.person('ann');
    const signedWith = async () => {
      const tracker = new Application(sallyport, 'tracker');
      const browser = await signIn(sallyport.browser(), 'ann');
      await browser.visit(await tracker.ask());
      const { id_token = '' } = await tracker.redeem(browser);
      return (JSON.parse(Buffer.from(id_token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    };
    const [first = ''] = await shown();
    const second = await rotateSigningKeys(gate);
    sallyport.pass(60_000);
    expect((await shown()).sort()).toEqual([first, second].sort());
    expect(await signedWith()).toBe(first);
    sallyport.pass(5 * 60_000);
    expect(await signedWith()).toBe(second);
    expect((await shown()).sort()).toEqual([first, second].sort());
    sallyport.pass(3_600_000);
    expect(await shown()).toEqual([second]);
    expect(await signedWith()).toBe(second);
  });

  test('several processes that start at once end up with one key', async () => {
    const { gate } = sallyport.house;
    const opened = await Promise.all([openKeys(gate), openKeys(gate), openKeys(gate)]);
    expect(new Set(opened.map(({ version }) => version)).size).toBe(1);
  });
});
