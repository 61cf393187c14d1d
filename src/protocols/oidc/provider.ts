import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { renderToString } from 'preact-render-to-string';
import { type AccountId, findAccount } from '../../core/accounts/store.ts';
import { peopleScopes, speaksOidc } from '../../core/applications/settings.ts';
import { findBlock } from '../../core/throttle/store.ts';
import { acrOf } from '../../flow/assurance.ts';
import { frameOf } from '../../house.ts';
import { readCookies } from '../../http/cookies.ts';
import { days, hours, inSeconds } from '../../kernel/clock.ts';
import { secondBudget } from '../../proving/budgets.ts';
import { languageOf, languages, wishesOf } from '../../ui/language.ts';
import { adapterFor } from './adapter.ts';
import { claimsOf, describe } from './claims.ts';
import { clientOf, compareByHash, responseModes } from './clients.ts';
import { keepGrant, offerGrant } from './grants.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { longestSigned, type SigningKeys } from './keys.ts';
import { mayName, nameParameter, signedBy } from './naming.ts';
import { wrongRequestPage } from './pages.tsx';
import { clientOfService, noteService, serviceToken } from './services.ts';
import { castShadow, policyOf, type Visitors } from './shadow.ts';

/** How long a grant gives anything at all, refreshed or not (RFC 9700, 4.14.2). */
const grantLife = days(30);

// biome-ignore format: a table reads in columns
const ttl = {
  AuthorizationCode: 60, // ASVS 10.4.3
  AccessToken: inSeconds(hours(1)),
  ClientCredentials: 600,
  IdToken: inSeconds(longestSigned),
  RefreshToken: inSeconds(days(14)),
  Grant: inSeconds(grantLife),
  Interaction: inSeconds(hours(1)),
  Session: inSeconds(days(30)),
};

const routes = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  revocation: '/oauth/revoke',
  introspection: '/oauth/introspect',
  userinfo: '/oauth/userinfo',
  pushed_authorization_request: '/oauth/par',
  end_session: '/oauth/logout',
  jwks: '/oauth/jwks',
};

/** oidc-provider for our applications, people and database. What it is not told here it does not do. */
export function openProvider(house: OidcHouse, keys: SigningKeys, visitors: Visitors): Provider {
  const { gate } = house;
  const cookie = { secure: true, httpOnly: true, sameSite: 'lax', signed: false } as const;
  const configuration: Configuration = {
    adapter: adapterFor(house),
    clients: [...house.applications.filter(speaksOidc).map(clientOf), ...house.services.map(clientOfService)],
    jwks: { keys: keys.jwks },
    routes,
    ttl,
    cookies: {
      names: { session: '__Secure-shadow', interaction: '__Secure-interaction', resume: '__Secure-resume' },
      long: cookie,
      short: cookie,
    },
    scopes: [...peopleScopes, ...house.services.flatMap(({ scopes }) => scopes)],
    claims: claimsOf as unknown as NonNullable<Configuration['claims']>,
    acrValues: Object.values(acrOf),
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    pkce: { required: () => true },
    enabledJWA: { requestObjectSigningAlgValues: [...signedBy], clientAuthSigningAlgValues: [...signedBy] },
    extraParams: { [nameParameter]: mayName(house) },
    allowOmittingSingleRegisteredRedirectUri: false,
    clockTolerance: 5,
    discovery: { ui_locales_supported: [...languages] },
    features: {
      clientCredentials: { enabled: house.services.length > 0 },
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      resourceIndicators: { enabled: false },
      claimsParameter: { enabled: true },
      userinfo: { enabled: true },
      pushedAuthorizationRequests: { enabled: true },
      requestObjects: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: async (_, client, token) => token.clientId === client.clientId,
      },
      introspection: {
        enabled: true,
        // Whoever has a secret may ask about any token, as resource servers do; others about their own (RFC 7662, 4).
        allowedPolicy: async (_, client, token) =>
          token.clientId === client.clientId ||
          (client.clientAuthMethod !== 'none' && applicationOf(house, client.clientId) !== undefined),
      },
    },
    interactions: {
      policy: policyOf(house, visitors, (ctx, came) => keepGrant(house, ctx, came)),
      url: (_, interaction) => `/interaction/${interaction.uid}`,
    },
    loadExistingGrant: (ctx) => offerGrant(house, ctx),
    // Ours rules: whatever a grant gave is asked of the grant, and a grant of what it rests on (grounds.ts).
    expiresWithSession: async () => false,
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    revokeGrantPolicy: () => true,
    async extraTokenClaims(ctx, { kind, clientId }) {
      if (kind !== serviceToken) return howProven(ctx);
      await noteService(house, clientId, visitors.get(ctx.req)?.address);
      return undefined;
    },
    clientBasedCORS: (_, origin, client) =>
      client.clientAuthMethod === 'none' && (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    async findAccount(_, sub, token) {
      const account = await findAccount(gate.database.read, sub as AccountId);
      if (account === null || account.disabledAt !== null) return undefined;
      // Locked since the code was given: somebody who knows the password is guessing on (T33).
      const redeems = (token as { kind?: string } | undefined)?.kind === 'AuthorizationCode';
      if (redeems && (await findBlock(gate.database.read, secondBudget(sub).key, gate.clock.now())) !== null)
        return undefined;
      return describe(account);
    },
    renderError(ctx, out) {
      const { language } = readCookies(ctx.req.headers.cookie);
      const wishes = [...(language === undefined ? [] : [language]), ...wishesOf(ctx.get('accept-language'))];
      const frame = frameOf(house, { language: languageOf(wishes), nonce: '' }, '/sign-in');
      ctx.type = 'html';
      const error = [out.error, out.error_description].filter((part) => part !== undefined).join(': ');
      ctx.body = `<!doctype html>${renderToString(wrongRequestPage(frame, error))}`;
    },
  };
  const provider = new Provider(house.publicUrl.origin, configuration);
  // The mount says how we are reached; nobody outside does.
  provider.proxy = true;
  // It stores things one by one, and answers when this has ended.
  provider.use((_, next) => gate.database.together(next));
  provider.use(async (ctx, next) => {
    // Chromium takes Secure cookies from http://localhost; koa has to be told.
    ctx.cookies.secure = true;
    await next();
    // It would name those too that no client of ours may ask for, and what services do.
    const said = ctx.body as { response_modes_supported?: readonly string[]; scopes_supported?: readonly string[] };
    if (said?.response_modes_supported === undefined) return;
    said.response_modes_supported = responseModes;
    said.scopes_supported = peopleScopes;
  });
  compareByHash(provider, house.applications);
  castShadow(provider, house, visitors);
  return provider;
}

/** For introspection (RFC 9470, 6.2): the token says how its person proved who they are, and when. */
function howProven(ctx: KoaContextWithOIDC): Record<string, string | number | readonly string[]> | undefined {
  const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  if (source === undefined) return undefined;
  const { acr, amr, authTime } = source;
  return {
    ...(acr !== undefined && { acr }),
    ...(amr !== undefined && { amr }),
    ...(authTime !== undefined && { auth_time: authTime }),
  };
}
