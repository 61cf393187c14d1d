import type { Instant } from '../kernel/clock.ts';

/** 0 nothing, 1 one factor, 2 two factors, 3 phishing-resistant, 4 hardware-protected. */
export type Level = 0 | 1 | 2 | 3 | 4;

/** A level that can be asked for: there is no asking for nothing. */
export type AskedLevel = Exclude<Level, 0>;

/** What settings call them. */
export const levelOfName = { sfa: 1, mfa: 2, phr: 3, phrh: 4 } as const satisfies Record<string, AskedLevel>;

/** What relying parties call the levels (REFEDS SFA and MFA profiles, OpenID EAP ACR Values 1.0). */
export const acrOf: Readonly<Record<AskedLevel, string>> = {
  1: 'https://refeds.org/profile/sfa',
  2: 'https://refeds.org/profile/mfa',
  3: 'phr',
  4: 'phrh',
};

/** The level an `acr` asks for; null for one we do not know. */
export function levelOfAcr(acr: string): AskedLevel | null {
  for (const level of [1, 2, 3, 4] as const) if (acrOf[level] === acr) return level;
  return null;
}

export type FactorKind = 'knowledge' | 'possession' | 'inherence';

/** What one answer proved. The same key touched without a PIN proves less than with one, so it comes with the answer. */
export interface Evidence {
  readonly kinds: readonly FactorKind[];
  readonly phishingResistant: boolean;
  readonly hardware: boolean;
  /** A saved code: good to get in, never enough to take a method away (`docs/adr/0004`). */
  readonly recovery: boolean;
  /** RFC 8176 */
  readonly amr: readonly string[];
  /** Of a key that may be on many devices: a policy may take it for one factor (`oneFactor`). */
  readonly synced?: true;
  /** It came over somebody else's network, by mail or text message: no answer to an application that asks for more. */
  readonly relayed?: true;
  /** It takes the place of a second factor where a policy asks for one, and is worth no more than the first. */
  readonly standsIn?: true;
}

/** Evidence with who gave it and when: what a session and an attempt are made of. */
export interface Proof extends Evidence {
  readonly method: string;
  readonly credential: string;
  readonly at: Instant;
  /** It came first and told who they are, where that is not what the method is for. */
  readonly alone?: true;
  /** Given to set one thing up: it counts for what a session is worth, and lets nothing else be changed. */
  readonly once?: true;
}

/** What is left of it where whoever unlocks it is not taken to be its owner: that it is there. */
export const oneFactor = <Some extends Evidence>(evidence: Some): Some => ({
  ...evidence,
  kinds: evidence.kinds.filter((kind) => kind === 'possession'),
});

/** Evidence decides, never the path taken: the level is a function of the set of proofs. */
export function levelOf(proofs: readonly Evidence[]): Level {
  const kinds = kindsOf(proofs).size;
  if (kinds < 2) return kinds === 0 ? 0 : 1;
  const strong = proofs.filter((proof) => proof.phishingResistant);
  if (strong.length === 0) return 2;
  return strong.some((proof) => proof.hardware) ? 4 : 3;
}

/** As a policy of ours counts: what only stands in for a second factor is let in on, and issued as one factor. */
export const worthHere = (proofs: readonly Evidence[]): Level => {
  const level = levelOf(proofs);
  return level === 1 && proofs.some(({ standsIn }) => standsIn) ? 2 : level;
};

/** Proofs beyond what the person knows are what lift above one factor; they carry the age of the whole. */
export const lifts = (proof: Evidence): boolean =>
  proof.standsIn === true || proof.kinds.some((kind) => kind !== 'knowledge');

/**
 * What counts for a request that wants proofs no older than `notBefore`: whatever lifts must be young, the password may be
 * the session's, and nothing counts unless something is young. A young weak proof never refreshes an old strong one.
 */
export function youngEnough(proofs: readonly Proof[], notBefore: Instant | null): readonly Proof[] {
  if (notBefore === null) return proofs;
  const young = (proof: Proof) => proof.at >= notBefore;
  return proofs.some(young) ? proofs.filter((proof) => young(proof) || !lifts(proof)) : [];
}

/**
 * When the person last actively proved what the level rests on (OIDC Core 2, `auth_time`): the latest moment from which
 * on the proofs still give it. A code typed today does not make yesterday's passkey younger.
 */
export function provenAt(proofs: readonly Proof[]): Instant {
  const level = levelOf(proofs);
  const moments = proofs.map(({ at }) => at).filter((at) => levelOf(youngEnough(proofs, at)) === level);
  return Math.max(...moments) as Instant;
}

/** `amr` tells the truth: every method used, and `mfa` only for factors of two kinds. */
export function amrOf(proofs: readonly Evidence[]): readonly string[] {
  const used = new Set(proofs.flatMap((proof) => proof.amr));
  if (kindsOf(proofs).size > 1) used.add('mfa');
  return [...used].sort();
}

/** What only stands in for a factor is none. */
function kindsOf(proofs: readonly Evidence[]): ReadonlySet<FactorKind> {
  const kinds = new Set<FactorKind>();
  for (const { kinds: some, standsIn } of proofs) if (!standsIn) for (const kind of some) kinds.add(kind);
  return kinds;
}
