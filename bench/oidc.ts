import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Configuration, Provider } from 'oidc-provider';
import { Browser } from '../test/support/browser.ts';
import { signIn } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

const abreast = 8;
const application = {
  id: 'tracker',
  name: 'Tracker',
  secret: 'a secret of thirty-two characters or more',
  redirectUris: ['https://tracker.example/callback'],
  firstParty: true,
};

/**
 * An authorization code and the tokens for it, for somebody who is signed in: ours keeps every code, grant and token
 * durably and asks the flow each time; the floor is the same library with nothing around it, in memory.
 */
export async function codesAndTokens(): Promise<Pair> {
  const house = await benchHouse({ applications: [application] });
  await house.person('person');
  const browser = await signIn(new Browser(house.app), 'person');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  const bare = createServer(bareProvider().callback()).listen(0, '127.0.0.1');
  await once(bare, 'listening');
  const portOf = (server: { address(): string | AddressInfo | null }) => (server.address() as AddressInfo).port;

  const ours = journey(portOf(house.app.server), { cookie, host: 'localhost:4000' });
  const floor = journey(portOf(bare), { host: 'localhost:4000' });
  const result = await paired(
    () => pace(ours, abreast, 2500),
    () => pace(floor, abreast, 2500),
  );
  bare.close();
  await house.close();
  return result;
}

/** The same authorize and token requests for both. */
function journey(port: number, headers: Record<string, string>): () => Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: abreast });
  const call = (method: string, path: string, more: Record<string, string> = {}, body = '') =>
    new Promise<{ status: number; location: string; body: string }>((resolve, reject) => {
      request({ agent, port, host: '127.0.0.1', method, path, headers: { ...headers, ...more } }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', body: text }),
        );
      })
        .on('error', reject)
        .end(body);
    });
  const basic = Buffer.from(`${application.id}:${encodeURIComponent(application.secret)}`).toString('base64');
  const redirect_uri = application.redirectUris[0] ?? '';
  return async () => {
    const code_verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: application.id,
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri,
      code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const { location } = await call('GET', `/oauth/authorize?${query}`);
    const code = URL.canParse(location) ? new URL(location).searchParams.get('code') : null;
    if (code === null) throw new Error(`no code: ${location}`);
    const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri, code_verifier });
    const type = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = await call('POST', '/oauth/token', type, form.toString());
    if (status !== 200) throw new Error(body);
  };
}

/** oidc-provider as it comes, with somebody signed in and their grant given. */
function bareProvider(): Provider {
  const configuration: Configuration = {
    clients: [
      {
        client_id: application.id,
        client_secret: application.secret,
        redirect_uris: [...application.redirectUris],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    routes: { authorization: '/oauth/authorize', token: '/oauth/token' },
    scopes: ['openid', 'profile'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => '/nowhere' },
    cookies: { keys: ['bench'] },
    findAccount: async (_, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({ clientId: application.id, accountId: 'person' });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider('http://localhost:4000', configuration);
  const sessions = provider.Session as unknown as { get(ctx: unknown): Promise<object> };
  const get = sessions.get.bind(sessions);
  sessions.get = async (ctx) => {
    const session = (await get(ctx)) as InstanceType<Provider['Session']>;
    session.loginAccount({ accountId: 'person', loginTs: Math.floor(Date.now() / 1000) } as never);
    return session;
  };
  return provider;
}
