import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as client from 'openid-client';
import { vi } from 'vitest';
import { openApp, openHouse, openMeans, openOidc } from '../../src/app.ts';
import type { Fetch } from '../../src/kernel/network.ts';
import { settings } from '../../src/settings.ts';
import { Browser } from '../support/browser.ts';
import { testClock } from '../support/clock.ts';
import { type DatabaseKind, emptyDatabase } from '../support/databases.ts';
import { addPerson, little, type Sallyport } from '../support/open.ts';
import { freePort } from '../support/ports.ts';

const secret = 'a secret of thirty-two characters';

/** Applications of every kind that makes a difference. */
const applications = [
  {
    id: 'tracker',
    name: 'Tracker',
    secret: `${secret}: tracker`,
    redirectUris: ['https://tracker.example/callback', 'https://tracker.example/other'],
    postLogoutRedirectUris: ['https://tracker.example/bye'],
    backchannelLogoutUri: 'https://tracker.example/logout',
    firstParty: true,
    scopes: ['openid', 'profile', 'email', 'groups', 'offline_access'],
  },
  {
    id: 'wiki',
    name: 'Wiki',
    secret: `${secret}: wiki`,
    redirectUris: ['https://wiki.example/callback'],
    backchannelLogoutUri: 'https://wiki.example/logout',
    firstParty: true,
    scopes: ['openid', 'email'],
  },
  {
    id: 'stranger',
    name: 'Stranger',
    redirectUris: ['https://stranger.example/callback'],
    scopes: ['openid', 'profile', 'email'],
  },
  { id: 'closed', name: 'Closed', redirectUris: ['https://closed.example/callback'], firstParty: true },
  { id: 'notices', name: 'Notices', redirectUris: ['https://notices.example/callback'], firstParty: true },
  { id: 'vault', name: 'Vault', redirectUris: ['https://vault.example/callback'], firstParty: true },
];

const policies = [
  { name: 'closed', when: { applications: ['closed'] }, require: 'deny' },
  { name: 'notices', when: { applications: ['notices'] }, require: 'sfa' },
  { name: 'vault', when: { applications: ['vault'] }, require: 'mfa' },
  { name: 'everybody', require: 'mfa-if-owned' },
];

export interface OidcSallyport extends Sallyport {
  readonly issuer: string;
  /** A browser in front of it. */
  browser(): Browser;
  /** Lets time pass, for oidc-provider too. */
  pass(milliseconds: number): void;
  /** Tells applications what there is to tell. */
  tick(): Promise<void>;
  /** What applications were told: where, and the logout token. */
  readonly told: { readonly to: string; readonly token: string }[];
  /** What applications answer. */
  answer: () => Response;
}

interface Given {
  readonly applications?: readonly object[];
  readonly policies?: readonly object[];
  readonly methods?: object;
  /** A real browser forgets what expired by its own clock: then the test's begins now, and oidc-provider's is real. */
  readonly realTime?: boolean;
  readonly fetch?: Fetch;
  /** Of the machine itself what it says of where a request comes from is believed: a browser may stand elsewhere. */
  readonly proxied?: boolean;
  /** More of the configuration. */
  readonly sections?: Record<string, unknown>;
  /** Mail arrives, though no server is named. */
  readonly mails?: true;
}

/** Listens on a port of its own, as its address says: relying parties speak to it over the wire. */
export async function openOidcSallyport(kind: DatabaseKind, options: Given = {}): Promise<OidcSallyport> {
  const clock = options.realTime === true ? testClock(Date.now()) : testClock();
  if (options.realTime !== true) vi.useFakeTimers({ toFake: ['Date'], now: clock.now() });
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const asked = settings.parse({
    publicUrl: issuer,
    listen: { host: '127.0.0.1', port },
    logLevel: process.env['LOG'] ?? 'silent',
    data: mkdtempSync(join(tmpdir(), 'sallyport-test-')),
    applications: options.applications ?? applications,
    policies: options.policies ?? policies,
    ...options.sections,
    methods: options.methods ?? {},
    ...(options.proxied === true && { trustedProxies: ['127.0.0.1'] }),
  });
  const given = { ...asked, hashing: { ...asked.hashing, ...little } };
  const means = await openMeans(given, { clock, database: await emptyDatabase(kind) });
  const house = openHouse(given, means, resolve('dist/assets'), options.mails);
  const told: { to: string; token: string }[] = [];
  const listening: Fetch = async (to, { body }) => {
    told.push({ to, token: (body as URLSearchParams).get('logout_token') ?? '' });
    return sallyport.answer();
  };
  const spoken = openOidc(house, options.fetch ?? listening);
  const app = await openApp(given, house, [], { spoken });
  await app.listen(given.listen);
  const sallyport: OidcSallyport = {
    app,
    house,
    clock,
    issuer,
    told,
    answer: () => new Response(null, { status: 200 }),
    browser: () => new Browser(app, { host: new URL(issuer).host }),
    pass(milliseconds) {
      clock.pass(milliseconds);
      if (options.realTime !== true) vi.setSystemTime(clock.now());
    },
    tick: () => spoken.tick(),
    person: (username, more = {}) => addPerson(house, username, more),
    async close() {
      await app.close();
      await means.database.close();
      vi.useRealTimers();
    },
  };
  return sallyport;
}

/** An application, as `openid-client` makes one. */
export class Application {
  readonly id: string;
  readonly redirectUri: string;
  readonly #sallyport: OidcSallyport;
  #config: client.Configuration | null = null;
  verifier = '';
  state = '';
  nonce = '';

  constructor(sallyport: OidcSallyport, id: string, redirectUri?: string) {
    this.id = id;
    this.#sallyport = sallyport;
    this.redirectUri = redirectUri ?? found(id).redirectUris[0] ?? '';
  }

  async config(): Promise<client.Configuration> {
    const { secret } = found(this.id) as { secret?: string };
    const how = secret === undefined ? client.None() : client.ClientSecretBasic(secret);
    this.#config ??= await client.discovery(new URL(this.#sallyport.issuer), this.id, undefined, how, {
      execute: [client.allowInsecureRequests],
    });
    return this.#config;
  }

  /** Where it sends a browser: a path of Sallyport. */
  async ask(more: Record<string, string> = {}): Promise<string> {
    const parameters = await this.parameters(more);
    const { pathname, search } = client.buildAuthorizationUrl(await this.config(), parameters);
    return pathname + search;
  }

  async parameters(more: Record<string, string> = {}): Promise<Record<string, string>> {
    this.verifier = client.randomPKCECodeVerifier();
    this.state = client.randomState();
    this.nonce = client.randomNonce();
    return {
      redirect_uri: this.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(this.verifier),
      code_challenge_method: 'S256',
      state: this.state,
      nonce: this.nonce,
      ...more,
    };
  }

  /** Exchanges what the browser brings back. @throws when the answer is not a code that holds */
  async redeem(browser: Browser, checks: client.AuthorizationCodeGrantChecks = {}) {
    return client.authorizationCodeGrant(await this.config(), new URL(broughtBack(browser)), {
      pkceCodeVerifier: this.verifier,
      expectedState: this.state,
      expectedNonce: this.nonce,
      idTokenExpected: true,
      ...checks,
    });
  }

  /** A request to the token endpoint by hand, where a test leaves out what a library would not. */
  async post(path: string, form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
    const { secret } = found(this.id) as { secret?: string };
    const response = await fetch(`${this.#sallyport.issuer}${path}`, {
      method: 'POST',
      body: new URLSearchParams(secret === undefined ? { client_id: this.id, ...form } : form),
      headers:
        secret === undefined
          ? {}
          : {
              authorization: `Basic ${Buffer.from(`${this.id}:${encodeURIComponent(secret).replaceAll('%20', '+')}`).toString('base64')}`,
            },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  redeemByHand(code: string, more: Record<string, string> = {}) {
    return this.post('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.redirectUri,
      code_verifier: this.verifier,
      ...more,
    });
  }
}

const found = (id: string) => {
  const one = applications.find((application) => application.id === id);
  if (one === undefined) throw new Error(`no application ${id}`);
  return one;
};

/** Where the browser was sent in the end: out of Sallyport, to the application. */
export function broughtBack(browser: Browser): string {
  const to = String(browser.response.headers['location'] ?? '');
  if (!to.startsWith('https://')) throw new Error(`not sent on, but at ${browser.url}:\n${browser.text}`);
  return to;
}

export function errorIn(browser: Browser): string | null {
  const { searchParams, hash } = new URL(broughtBack(browser));
  return searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error');
}
export const codeIn = (browser: Browser): string => new URL(broughtBack(browser)).searchParams.get('code') ?? '';
