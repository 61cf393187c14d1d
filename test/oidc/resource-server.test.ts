import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustProve as beforeExpress } from '../../examples/resource-server/express.ts';
import { mustProve as beforeFastify } from '../../examples/resource-server/fastify.ts';
import { type Asked, openStepUp, provenBy, type StepUp } from '../../examples/resource-server/step-up.ts';
import type { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { Application, type OidcSallyport, openOidcSallyport } from './support.ts';

const mfa = 'https://refeds.org/profile/mfa';
const asked: Asked = { acr: [mfa, 'phr', 'phrh'], maxAge: 300 };

/** The same API by each framework: it says whose project it deletes. */
const frameworks: Readonly<Record<string, (stepUp: StepUp) => Promise<Server>>> = {
  async fastify(stepUp) {
    const app = fastify();
    app.delete('/project', { preHandler: beforeFastify(stepUp, asked) }, async (request) => provenBy(request)?.sub);
    await app.listen({ host: '127.0.0.1', port: 0 });
    return app.server;
  },
  async express(stepUp) {
    const app = express().delete('/project', beforeExpress(stepUp, asked), (request, response) => {
      response.send(provenBy(request)?.sub);
    });
    const server = createServer(app);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  },
};

const cases = kinds.flatMap((kind) => Object.keys(frameworks).map((framework) => [framework, kind] as const));

describe.each(cases)('an API that asks for more (RFC 9470), by %s, on %s', (framework, kind) => {
  let sallyport: OidcSallyport;
  let server: Server;
  let url: URL;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind);
    const clientSecret = 'a secret of thirty-two characters: wiki';
    const own = { issuer: sallyport.issuer, clientId: 'wiki', clientSecret, clients: ['tracker'] };
    server = (await frameworks[framework]?.(openStepUp(own, () => sallyport.clock.now()))) ?? expect.fail();
    url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/project`);
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await sallyport.close();
  });

  const withToken = (token: string | null) =>
    fetch(url, { method: 'DELETE', headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  const refusedWith = async (token: string | null) => {
    const answer = await withToken(token);
    return [answer.status, answer.headers.get('www-authenticate')];
  };
  /** As its client library reads it. */
  async function lacking(tracker: Application, token: string): Promise<client.WWWAuthenticateChallengeParameters> {
    const failure = await client.fetchProtectedResource(await tracker.config(), token, url, 'DELETE').catch((it) => it);
    expect(failure).toBeInstanceOf(client.WWWAuthenticateChallengeError);
    return (failure as client.WWWAuthenticateChallengeError).cause[0]?.parameters ?? expect.fail();
  }
  async function tokenFor(browser: Browser, tracker: Application): Promise<string> {
    return (await tracker.redeem(browser)).access_token;
  }

  test('is told enough by a person who steps up, and by nobody before', async () => {
    const account = await sallyport.person('paula');
    const home = sallyport.browser();
    await signIn(home, 'paula');
    const { secret } = await setUpAuthenticator(sallyport, home);

    const tracker = new Application(sallyport, 'tracker');
    const browser = sallyport.browser();
    await browser.visit(await tracker.ask());
    await signIn(browser, 'paula');
    await typeCode(browser, codeFor(sallyport, secret));
    const token = await tokenFor(browser, tracker);
    const allowed = await withToken(token);
    expect([allowed.status, await allowed.text()]).toEqual([200, account]);

    // The same token, ten minutes later: it still says who, and no longer says that they are there.
    sallyport.pass(600_000);
    const { acr_values, max_age, error } = await lacking(tracker, token);
    expect({ acr_values, max_age, error }).toEqual({
      acr_values: mfa,
      max_age: '300',
      error: 'insufficient_user_authentication',
    });
    await browser.visit(await tracker.ask({ acr_values: mfa, max_age: '300' }));
    await typeCode(browser, codeFor(sallyport, secret));
    const raised = await tokenFor(browser, tracker);
    expect((await withToken(raised)).status).toBe(200);
    expect((await lacking(tracker, token))['error']).toBe('insufficient_user_authentication');
  });

  test('says what is lacking to whoever has a password alone', async () => {
    await sallyport.person('nora');
    const tracker = new Application(sallyport, 'tracker');
    const browser = await sallyport.browser().visit(await tracker.ask());
    await signIn(browser, 'nora');
    expect((await lacking(tracker, await tokenFor(browser, tracker)))['acr_values']).toBe(mfa);
  });

  test('takes no token of another application, none that is unknown, and none that has ended', async () => {
    await sallyport.person('otto');
    const stranger = new Application(sallyport, 'stranger');
    const browser = await sallyport.browser().visit(await stranger.ask());
    await signIn(browser, 'otto');
    await browser.press('Allow');
    const invalid = [401, 'Bearer error="invalid_token"'];
    expect(await refusedWith(await tokenFor(browser, stranger))).toEqual(invalid);
    expect(await refusedWith('made-up')).toEqual(invalid);
    expect(await refusedWith(null)).toEqual([401, 'Bearer']);
    expect(await refusedWith('two words')).toEqual([401, 'Bearer']);
  });

  test('lets nobody in while nobody can be asked', async () => {
    const nobody = { issuer: 'http://127.0.0.1:1', clientId: 'wiki', clientSecret: 'x', clients: ['tracker'] };
    const refusal = await openStepUp(nobody)({ headers: { authorization: 'Bearer x' } }, asked);
    expect(refusal?.status).toBe(503);
  });
});
