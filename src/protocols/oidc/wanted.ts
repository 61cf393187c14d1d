import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { Named, Purpose } from '../../core/attempts/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import { type AskedLevel, levelOfAcr } from '../../flow/assurance.ts';
import { type Instant, seconds, shift } from '../../kernel/clock.ts';
import type { Gate, Visit } from '../../proving/gate.ts';
import { accountNamed, namedAt } from '../../proving/named.ts';
import { type Settled, settleFor, type Wanted } from '../../proving/wanted.ts';
import { nameParameter } from './naming.ts';

/** @param start when the request came: what it calls fresh is counted from there, however long somebody takes */
function wantedBy(params: Readonly<Record<string, unknown>>, start: Instant): Wanted {
  const claim = acrClaimOf(params['claims']);
  const named = [...(claim?.values ?? []), ...(claim?.value === undefined ? [] : [claim.value])];
  const essential = claim?.essential === true && claim.named;
  const acrs = essential ? named : [...named, ...String(params['acr_values'] ?? '').split(' ')];
  const levels = new Set(acrs.flatMap((acr) => levelOfAcr(acr) ?? []));
  const maxAge = params['max_age'];
  const prompts = String(params['prompt'] ?? '').split(' ');
  const notBefore = prompts.includes('login')
    ? start
    : maxAge === undefined || maxAge === ''
      ? null
      : shift(start, -seconds(Number(maxAge)));
  return { levels: [...levels].sort((a, b) => b - a), essential, notBefore };
}

interface AcrClaim {
  readonly essential?: unknown;
  readonly value?: string;
  readonly values?: readonly string[];
}

interface AcrWish extends AcrClaim {
  /** It names classes at all, known to us or not. */
  readonly named: boolean;
}

/** oidc-provider has refused before what is not JSON, or not made of objects. */
function acrClaimOf(claims: unknown): AcrWish | null {
  if (typeof claims !== 'string') return null;
  const { id_token } = JSON.parse(claims) as { id_token?: { acr?: AcrClaim | null } };
  const claim = id_token?.acr;
  if (typeof claim !== 'object' || claim === null) return null;
  const texts = Array.isArray(claim.values) ? claim.values.filter((one) => typeof one === 'string') : [];
  return {
    essential: claim.essential,
    named: 'value' in claim || 'values' in claim,
    values: texts,
    ...(typeof claim.value === 'string' && { value: claim.value }),
  };
}

export interface Request {
  readonly application: ApplicationSettings;
  readonly params: Readonly<Record<string, unknown>>;
  readonly start: Instant;
  readonly session: Session | null;
  readonly visit: Visit;
  /** Where the person comes back to. */
  readonly returnTo: string;
}

/** What the request wants, and what our flow says to it (OIDC Core 3.1.2.1 and 5.5.1.1). */
export async function settle(gate: Gate, request: Request): Promise<Settled> {
  const wanted = wantedBy(request.params, request.start);
  const named = await namedBy(gate, request);
  // Whoever else is signed in here is nobody to a request that names somebody (P-7).
  const isTheirs = named === null || request.session?.account === (await accountNamed(gate.database.read, named));
  const session = isTheirs ? request.session : null;
  return settleFor(gate, {
    wanted,
    session,
    visit: request.visit,
    purposeAt: (level) => ({ ...purposeFor(request, wanted, level), named }),
  });
}

/** Whom the request names, as only an application that may do so can (`naming.ts`). */
async function namedBy(gate: Gate, { application, params, visit }: Request): Promise<Named | null> {
  const name = textOf(params[nameParameter]);
  return name === null ? null : namedAt(gate, name, { application: application.id, address: visit.address });
}

function purposeFor({ application, params, returnTo }: Request, wanted: Wanted, level: AskedLevel | null): Purpose {
  const origin = new URL(String(params['redirect_uri'])).origin;
  return {
    application: { id: application.id, name: application.name, origin },
    ask: { level, notBefore: wanted.notBefore, withoutRecovery: false },
    wanted: null,
    act: null,
    returnTo,
    leaveTo: `${returnTo}/leave`,
    hint: textOf(params['login_hint'])?.slice(0, 254) ?? null,
    languages: textOf(params['ui_locales'])?.split(' ', 20) ?? [],
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
