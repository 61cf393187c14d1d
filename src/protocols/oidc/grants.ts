import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { AccountId } from '../../core/accounts/store.ts';
import { type ConsentId, findConsent } from '../../core/applications/consents.ts';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { SessionId } from '../../core/sessions/store.ts';
import type { Level } from '../../flow/assurance.ts';
import { days, shift } from '../../kernel/clock.ts';
import { newSecret } from '../../kernel/ids.ts';
import type { Gate } from '../../proving/gate.ts';
import { claimsIn } from './claims.ts';
import { saveGround } from './grounds.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { addNotice } from './notices.ts';

/** What this person lets that application know: all it may ask for when it is ours, else what they allowed. */
async function allowedScopes(
  gate: Gate,
  account: AccountId,
  application: ApplicationSettings,
): Promise<readonly string[]> {
  if (application.firstParty) return ['openid', ...application.scopes];
  return (await findConsent(gate.database.read, account, application.id))?.scopes ?? [];
}

/**
 * A grant of its own for each request, so that taking back what a code gave takes back just that; not kept yet. What is
 * missing in it oidc-provider asks the person for.
 */
export async function offerGrant(house: OidcHouse, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { gate } = house;
  const { oidc } = ctx;
  const application = applicationOf(house, oidc.client?.clientId);
  const account = oidc.account?.accountId as AccountId | undefined;
  if (application === undefined || account === undefined) return undefined;
  const allowed = await allowedScopes(gate, account, application);
  const scopes = [...oidc.requestParamScopes].filter((scope) => allowed.includes(scope));
  const grant = new oidc.provider.Grant({ accountId: account, clientId: application.id });
  grant.jti = newSecret(gate.chance);
  grant.addOIDCScope(scopes.join(' '));
  // Claims asked for one by one (OIDC Core 5.5) open no more than the scopes do; what they do not open is not asked for.
  const open = claimsIn(scopes);
  const claims = [...oidc.requestParamClaims];
  grant.addOIDCClaims(claims.filter((claim) => open.has(claim)));
  grant.rejectOIDCClaims(claims.filter((claim) => !open.has(claim)));
  return grant;
}

/** Nothing is missing: the grant is kept with what it rests on, and the application is owed word when the session ends. */
export async function keepGrant(
  house: OidcHouse,
  { oidc }: KoaContextWithOIDC,
  { address, met, owned }: { readonly address: string; readonly met: Level; readonly owned: Level },
): Promise<void> {
  const { gate } = house;
  const { grant, session, client } = oidc;
  const account = oidc.account?.accountId as AccountId | undefined;
  if (grant === undefined || account === undefined || session?.uid === undefined || client === undefined)
    throw new Error('a grant is kept for somebody, in a session, for an application');
  const application = applicationOf(house, client.clientId);
  const ground = {
    account,
    consent: application?.firstParty === true ? null : await givenBy(gate, account, client.clientId),
    session: session.uid as SessionId,
    offline: grant.getOIDCScope().split(' ').includes('offline_access'),
    application: client.clientId,
    address,
    met,
    owned,
  };
  const now = gate.clock.now();
  const told = application?.backchannelLogoutUri !== undefined;
  const { jti } = grant;
  await gate.database.transaction(async (tx) => {
    await saveGround(tx, jti, ground, shift(now, days(31)));
    if (told) await addNotice(tx, { session: ground.session, application: client.clientId, account, now });
  });
  await grant.save();
}

/** Asked again at the last moment: what was withdrawn meanwhile gives nothing. */
async function givenBy(gate: Gate, account: AccountId, application: string): Promise<ConsentId> {
  const consent = await findConsent(gate.database.read, account, application);
  if (consent === null) throw new Error('the consent was withdrawn meanwhile');
  return consent.id;
}
