import type { Attempt, AttemptId } from '../core/attempts/store.ts';
import type { Choice } from '../core/browsers/passwordless.ts';
import type { Token } from '../core/browsers/remembered.ts';
import type { BrowserId } from '../core/browsers/store.ts';
import type { JoiningSettings } from '../core/joining/settings.ts';
import type { InForce } from '../core/policies/store.ts';
import type { Realm } from '../core/realms/settings.ts';
import type { RecoverySettings } from '../core/recovery/settings.ts';
import type { SessionId } from '../core/sessions/store.ts';
import { levelOf } from '../flow/assurance.ts';
import type { Method, OpenMethod, Passkey } from '../methods/method.ts';
import type { Means } from '../store/means.ts';
import type { Language } from '../ui/language.ts';

/** A method and what it does here. */
export type LiveMethod = Method & OpenMethod;

/** What decides who is let through: methods, policy, limits, and what keeps them. */
export interface Gate extends Means {
  /** By id, the strongest first. */
  readonly methods: ReadonlyMap<string, LiveMethod>;
  readonly policy: InForce;
  /** Applications that take PINs of their own. */
  readonly realms: readonly Realm[];
  readonly recovery: RecoverySettings;
  /** Do people make accounts for themselves here, and which? */
  readonly joining: JoiningSettings;
  /** Is there anybody who brings mail to people? */
  readonly mails: boolean;
}

/** Who stands there, as far as a request tells. */
export interface Visit {
  readonly address: string;
  readonly agent: string;
  /** What they read, and are written to in. */
  readonly language: Language;
  readonly browser: BrowserId | null;
  /** The session whose cookie came along, whoever's it is. */
  readonly session: SessionId | null;
  /** What somebody chose for this browser: who goes on here without a password, or nobody; null: nothing yet. */
  readonly choice: Choice | null;
  /** Of the people who keep this browser from asking again. */
  readonly remembered: readonly Token[];
}

/** One request to one attempt, by one visitor: what everything that happens to the attempt is told. */
export interface Turn {
  readonly gate: Gate;
  readonly attempt: Attempt;
  /** The secret of the attempt's cookie. */
  readonly secret: string;
  readonly visit: Visit;
  /** Who asks shows no page: nothing is sent, and nobody let through, before they say so. */
  readonly holds?: true;
}

/** An attempt that waits for its first page. */
export interface Begun {
  readonly id: AttemptId;
  /** For its cookie. */
  readonly browserSecret: string;
}

/** Opens the methods that are switched on, the strongest first; backups stay last whatever they prove. */
export function openMethods(
  methods: readonly Method[],
  means: Means,
  settings: Readonly<Record<string, unknown>>,
): Gate['methods'] {
  const order = { first: 0, second: 1, backup: 2 };
  const live = methods
    .filter(({ id }) => settings[id] !== undefined)
    .map((method) => ({ ...method, ...method.open(means, settings[method.id]) }));
  // Of two that are worth the same, the one that nobody else carries comes first.
  const worth = ({ best }: OpenMethod) => levelOf([best]) - (best.relayed ? 0.5 : 0);
  const sorted = live.sort((a, b) => order[a.role] - order[b.role] || worth(b) - worth(a));
  return new Map(sorted.map((method) => [method.id, method]));
}

/** What everybody is asked for first, and may forget. */
export function firstMethod({ methods }: Pick<Gate, 'methods'>): LiveMethod {
  const first = [...methods.values()].find(({ role }) => role === 'first');
  if (first === undefined) throw new Error('the registry has no first method');
  return first;
}

type PasskeyMethod = LiveMethod & { readonly passkey: Passkey };

/** The one that tells who somebody is by itself, where it is switched on. */
export const passkeyMethod = ({ methods }: Pick<Gate, 'methods'>): PasskeyMethod | undefined =>
  [...methods.values()].find((method): method is PasskeyMethod => method.passkey !== undefined);
