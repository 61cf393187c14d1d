import type Provider from 'oidc-provider';
import type { AccountId } from '../../core/accounts/store.ts';
import type { SessionId } from '../../core/sessions/store.ts';
import { type Level, levelOfAcr } from '../../flow/assurance.ts';
import { type Instant, seconds } from '../../kernel/clock.ts';
import type { Gate } from '../../proving/gate.ts';
import { findSessionOf } from './grounds.ts';

/** What an access token says to us, for whom all of them are made. */
export interface Shown {
  readonly account: AccountId;
  readonly application: string;
  readonly session: SessionId;
  readonly scopes: readonly string[];
  readonly issuedAt: Instant;
  /** What was proven when it was given, and when (RFC 9470, 6). */
  readonly level: Level;
  readonly provenAt: Instant;
}

/** @returns null when it is none of ours, has expired, or when what it rests on has ended */
export async function show(gate: Gate, provider: Provider, value: string): Promise<Shown | null> {
  const token = await provider.AccessToken.find(value);
  if (token?.grantId === undefined || token.clientId === undefined) return null;
  const grant = await provider.Grant.find(token.grantId);
  const session = await findSessionOf(gate.database.read, token.grantId);
  if (grant === undefined || session === null) return null;
  const { acr = '', auth_time = 0 } = (token.extra ?? {}) as { acr?: string; auth_time?: number };
  return {
    account: token.accountId as AccountId,
    application: token.clientId,
    session,
    scopes: token.scope?.split(' ') ?? [],
    issuedAt: seconds(token.iat) as Instant,
    level: levelOfAcr(acr) ?? 0,
    provenAt: seconds(auth_time) as Instant,
  };
}
