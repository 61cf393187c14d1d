import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findAccountByName } from '../../src/core/accounts/store.ts';
import { removeSessions } from '../../src/core/sessions/store.ts';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { Application, codeIn, type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';

describe.each(kinds)('a code that is asked for while its person signs out everywhere, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('gives nothing, not even to an application that may outlive the session', async () => {
    await sallyport.person('ann');
    const { database, methods } = sallyport.house.gate;
    const account = await findAccountByName(database.read, 'ann');
    if (account === null) throw new Error('nobody');
    const thief = await signIn(sallyport.browser(), 'ann');
    const tracker = new Application(sallyport, 'tracker');
    const request = await tracker.ask({ scope: 'openid offline_access', prompt: 'consent' });

    const password = methods.get('password') as LiveMethod;
    const list = password.list.bind(password);
    let asked = 0;
    const spy = vi.spyOn(password, 'list').mockImplementation(async (handle, whose) => {
      // The session has been looked at for the last time, and was good.
      if (++asked === 2) await database.transaction((tx) => removeSessions(tx, account.id));
      return list(handle, whose);
    });
    await thief.visit(request);
    spy.mockRestore();
    expect(asked).toBe(2);
    expect((await tracker.redeemByHand(codeIn(thief))).body).toMatchObject({ error: 'invalid_grant' });
  });
});
