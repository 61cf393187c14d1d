import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { type Authority, makeAuthority } from '../support/authority.ts';
import { kinds } from '../support/databases.ts';
import { directoryAt, dnOf, entries, secretOf } from '../support/offices.ts';
import { type Slapd, startSlapd } from '../support/slapd.ts';
import { signIn } from '../support/verbs.ts';
import { Application, type OidcSallyport, openOidcSallyport } from './support.ts';

describe.each(kinds)('what applications hold for people of a directory, on %s', (kind) => {
  let authority: Authority;
  let slapd: Slapd;
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    authority = makeAuthority();
    slapd = await startSlapd(authority, entries('ada', 'ben'));
    sallyport = await openOidcSallyport(kind, { sections: directoryAt(authority, [slapd.tls]) });
  });
  afterAll(async () => {
    await sallyport.close();
    await slapd.stop();
  });

  async function holding(uid: string) {
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport
      .browser()
      .visit(await tracker.ask({ scope: 'openid offline_access', prompt: 'consent' }));
    await signIn(browser, uid, secretOf(uid));
    return { tracker, ...(await tracker.redeem(browser)) };
  }

  test('is worth nothing five minutes after they are gone there', async () => {
    const { tracker, access_token = '', refresh_token = '' } = await holding('ben');
    await slapd.change((client) => client.del(dnOf('ben')));
    sallyport.pass(minutes(5));
    expect((await tracker.post('/oauth/introspect', { token: access_token })).body['active']).toBe(false);
    const refreshed = await tracker.post('/oauth/token', { grant_type: 'refresh_token', refresh_token });
    expect(refreshed.body['error']).toBe('invalid_grant');
  });

  test('waits while it is down, and serves again afterwards', async () => {
    const { tracker, refresh_token = '' } = await holding('ada');
    const refresh = () => tracker.post('/oauth/token', { grant_type: 'refresh_token', refresh_token });
    sallyport.pass(minutes(5));
    await slapd.stop();
    const refused = await refresh().finally(() => slapd.start());
    expect(refused.status).toBe(503);
    expect((await refresh()).body['access_token']).toBeDefined();
  });
});
