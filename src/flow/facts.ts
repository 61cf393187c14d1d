import type { AskedLevel, Level } from './assurance.ts';

/** Must be done before leaving. */
export type Duty = 'keep-backup-codes';

/** May be left: it makes the next sign-in easier, and no difference to this one. */
export type Offer = 'passkey' | 'passwordless';

/** By which of these a code confirms whose account it is; `anew`: none is owned, so one is set up first, and that confirms. */
export interface Confirmation {
  readonly by: readonly string[];
  readonly anew: boolean;
}

/**
 * Everything a decision may look at. Reading the world is I/O and happens before; `gather.ts` turns what was read
 * into these facts, and `table.ts` decides on them alone.
 */
export interface Facts {
  /** Somebody has said who they are. */
  readonly identified: boolean;
  /** Something was proven, in this attempt or in the session it continues. Until then all accounts look alike. */
  readonly met: boolean;
  /** The method by which this browser's person goes on without a password: they wished it so, and it says who they are. */
  readonly returning: string | null;

  readonly required: AskedLevel;
  /** Who asks for it: what the request itself demands, convenience never excuses. */
  readonly demandedBy: 'policy' | 'request';
  /** What is proven for this request, young enough for it. */
  readonly reached: Level;
  /** The best this person's own methods could reach, allowed here or not, before anything was set up in this attempt. */
  readonly owned: Level;

  /** The policy lets this person not in here at all. */
  readonly denied: boolean;
  /** Too many wrong answers: no further proof is evaluated for now. */
  readonly blocked: boolean;

  /** Methods that lead to what is asked or, where something is to be set up, to all that is owned, lately; best first. */
  readonly usable: readonly string[];
  /** Backup methods that do: never the first thing asked. */
  readonly spare: readonly string[];
  /** The method this browser used last. */
  readonly preferred: string | null;
  /** The method the person picked in this attempt. */
  readonly chosen: string | null;
  /** The person asked for another way. */
  readonly choosing: boolean;

  /** All that is owned was proven minutes ago, not days: only then may something be set up. */
  readonly fresh: boolean;
  /** What is owned cannot reach what is required; one of these, set up, would. Best first. */
  readonly mayEnrol: readonly string[];
  /** The method the person came to set up. */
  readonly wanted: string | null;
  readonly duties: readonly Duty[];
  /** Asked by the policy of whoever comes on one factor, and not given yet. It confirms, and is worth nothing more. */
  readonly confirm: Confirmation | null;
  /** What was not answered yet. None where an application asks for more: whoever is on their way is not held up. */
  readonly offers: readonly Offer[];
}
