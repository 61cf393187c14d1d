import { addApiToken, removeApiToken } from '../core/api-tokens/store.ts';
import { systemChance } from '../kernel/chance.ts';
import { days } from '../kernel/clock.ts';
import { newSecret } from '../kernel/ids.ts';
import * as registry from '../methods/index.ts';
import { shared } from '../otp/realms.ts';
import type { Gate } from '../proving/gate.ts';
import { settings } from '../settings.ts';
import { demoRoutes } from '../surfaces/demo/routes.ts';
import { demoPassword, people, seedDemo } from './demo-accounts.ts';
import { start } from './start.ts';

const all = Object.values(registry);
/** All there is, also what is taken only where a rule names it: here it is to be tried. */
const everybody = {
  name: 'everybody',
  require: 'mfa-if-owned',
  methods: { second: all.flatMap(({ id, role }) => (role === 'second' ? [id] : [])) },
  passwordless: { methods: all.flatMap(({ id, alone }) => (alone === undefined ? [] : [id])) },
};

/** A whole installation on this machine alone: accounts that everybody knows, mail that goes nowhere. */
export async function demo(): Promise<void> {
  const secret = newSecret(systemChance);
  const duo = await openDuo();
  const config = settings.parse({
    publicUrl: 'http://localhost:4000',
    logLevel: 'warn',
    applications: [tracker(secret), wiki],
    policies: [
      {
        ...everybody,
        name: 'newcomers',
        when: { people: ['newcomer'] },
        passkeys: { offer: true },
        confirm: 'each-sign-in',
      },
      everybody,
    ],
    methods: { duo: duo.section, 'sms-code': { countries: ['DE', 'AT', 'CH', 'GB', 'US'] } },
  });
  const tokens = { storeroom: '' };
  const prepare = async ({ gate }: { gate: Gate }) => {
    await seedDemo(gate, duo.passcodeOf);
    tokens.storeroom = await tokenFor(gate, 'demo-storeroom');
  };
  await start(config, { prepare, routes: demoRoutes, mails: true });
  await openTracker(config.publicUrl.origin, secret);
  await openStoreroom(config.publicUrl.origin, tokens.storeroom);
  await openWiki(config.publicUrl.origin);
  console.log(greeting(config.publicUrl.origin));
}

// Under another name than ours: a browser gives the cookies of `localhost` to every port of it (RFC 6265, 8.5).
const trackerOrigin = 'http://127.0.0.1:4001';

const tracker = (secret: string) => ({
  id: 'tracker',
  name: 'Tracker',
  secret,
  redirectUris: [`${trackerOrigin}/callback`],
  postLogoutRedirectUris: [`${trackerOrigin}/`],
  backchannelLogoutUri: `${trackerOrigin}/backchannel-logout`,
  firstParty: true,
});

/** The demo application: an ordinary one, built beside us; it knows no more of us than our address. */
async function openTracker(issuer: string, clientSecret: string): Promise<void> {
  const built = new URL('./tracker.js', import.meta.url).href;
  const { startTracker } = (await import(built)) as typeof import('../../examples/tracker/server.ts');
  await startTracker({ issuer, clientId: 'tracker', clientSecret, origin: trackerOrigin, port: 4001 });
}

const storeroomOrigin = 'http://127.0.0.1:4005';

/** An application with a form of its own: it asks for the PIN alone, by a token that is new each time. */
async function openStoreroom(sallyport: string, token: string): Promise<void> {
  const built = new URL('./storeroom.js', import.meta.url).href;
  const { startStoreroom } = (await import(built)) as typeof import('../../examples/storeroom/server.ts');
  const accounts = Object.fromEntries(people.map(({ username }) => [username, demoPassword]));
  await startStoreroom({ sallyport, token, people: accounts, origin: storeroomOrigin, port: 4005 });
}

const wikiOrigin = 'http://127.0.0.1:4002';

const wiki = {
  id: 'wiki',
  name: 'Wiki',
  firstParty: true,
  saml: { entityId: wikiOrigin, assertionConsumerUrls: [`${wikiOrigin}/saml/acs`] },
};

/** One that speaks SAML. */
async function openWiki(issuer: string): Promise<void> {
  const built = new URL('./wiki.js', import.meta.url).href;
  const { startWiki } = (await import(built)) as typeof import('../../examples/wiki/server.ts');
  await startWiki({ issuer, origin: wikiOrigin, port: 4002 });
}

const tokenFor = (gate: Gate, name: string): Promise<string> =>
  gate.database.transaction(async (tx) => {
    await removeApiToken(tx, name);
    const given = {
      name,
      scopes: ['otp:verify'],
      networks: ['127.0.0.0/8', '::1/128'],
      realm: shared,
      lifetime: days(90),
    } as const;
    return (await addApiToken(tx, gate, given)) ?? '';
  });

const duoHost = '127.0.0.1:4003';

/** A Duo that is not Duo's, with the phone of one account: it forgets everybody else's when it stops. */
async function openDuo() {
  const keys = { integration: newSecret(systemChance).slice(0, 20), secret: newSecret(systemChance).slice(0, 40) };
  const built = new URL('./duo-simulator.js', import.meta.url).href;
  const { startDuo, Tenant } = (await import(built)) as typeof import('../../examples/duo-simulator/server.ts');
  const tenant = new Tenant(keys);
  tenant.add('with-duo', true);
  await startDuo(tenant, 4003);
  return {
    section: { apiHost: duoHost, integrationKey: keys.integration, secretKey: keys.secret, declaredMfa: true },
    passcodeOf: (username: string) => tenant.find(username)?.passcode ?? '',
  };
}

const greeting = (origin: string): string =>
  [
    '',
    `Sallyport      ${origin}`,
    `Tracker        ${trackerOrigin}   a demo application to sign in to`,
    `Storeroom      ${storeroomOrigin}   one with a form of its own, that asks for the same PIN`,
    `Wiki           ${wikiOrigin}   a demo application that speaks SAML`,
    `Phones         http://${duoHost}   what Duo asks there, and how Duo behaves today`,
    `Outbox         ${origin}/demo/outbox   mail, SMS and the codes of the demo accounts' apps`,
    '',
    `Accounts       password: ${demoPassword}`,
    ...people.map(({ username, has }) => `  ${username.padEnd(12)} ${has}`),
    '',
    'Ctrl-C stops it. Everything is kept in ./data; delete that folder to begin anew.',
    '',
  ].join('\n');
