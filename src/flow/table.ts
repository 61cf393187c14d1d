import type { Duty, Facts, Offer } from './facts.ts';

export type Step =
  | { readonly screen: 'identify' }
  | { readonly screen: 'welcome'; readonly method: string }
  | { readonly screen: 'prove'; readonly method: string }
  | { readonly screen: 'choose'; readonly methods: readonly string[] }
  | { readonly screen: 'choose-new'; readonly methods: readonly string[] }
  | { readonly screen: 'enrol'; readonly method: string }
  | { readonly screen: 'duty'; readonly duty: Duty }
  | { readonly screen: 'offer'; readonly offer: Offer }
  | { readonly screen: 'confirm'; readonly methods: readonly string[]; readonly anew: boolean }
  | { readonly screen: 'denied' | 'blocked' | 'stuck' | 'done' };

/** The one method that a step asks for an answer. */
export function askedBy(step: Step): string | null {
  if (step.screen === 'prove') return step.method;
  const [only = null, ...others] = step.screen === 'confirm' && !step.anew ? step.methods : [];
  return others.length === 0 ? only : null;
}

export interface Row {
  readonly name: string;
  /** A sentence for people: the audit log and "why was I asked?" read it. */
  readonly because: string;
  readonly when: (facts: Facts) => boolean;
  readonly go: (facts: Facts) => Step;
}

const satisfied = (f: Facts) => f.identified && f.reached >= f.required;
/** Nobody touches a way to sign in before they have proven all they own, lately. */
const trusted = (f: Facts) => f.reached > 0 && f.reached >= f.owned && f.fresh;
const has = (duty: Duty) => (f: Facts) => satisfied(f) && trusted(f) && f.duties.includes(duty);
const comesToSetUp = (f: Facts) => satisfied(f) && trusted(f) && f.wanted !== null;
const settle = (duty: Duty) => (): Step => ({ screen: 'duty', duty });
const finds = (offer: Offer) => (f: Facts) => satisfied(f) && f.wanted === null && f.offers.includes(offer);
/** A passkey is a way in: it is made on all that is owned, like any other. */
const mayMakePasskey = (f: Facts) => finds('passkey')(f) && trusted(f);
const offer = (what: Offer) => (): Step => ({ screen: 'offer', offer: what });

const unconfirmed = (f: Facts) => satisfied(f) && f.wanted === null && f.confirm !== null;
const mayConfirm = (f: Facts) =>
  unconfirmed(f) && confirming(f).length > 0 && (f.confirm?.anew === false || trusted(f));
const confirming = ({ confirm, chosen }: Facts): readonly string[] =>
  confirm?.by.some((id) => id === chosen) ? confirm.by.filter((id) => id === chosen) : (confirm?.by ?? []);

const ways = (f: Facts) => [...f.usable, ...f.spare];
const hasPicked = (f: Facts) => f.chosen !== null && ways(f).includes(f.chosen);
const comesBack = (f: Facts) => !f.identified && f.returning !== null;
const knowsABetter = (f: Facts) => f.preferred !== null && f.usable.includes(f.preferred);
const prove = (method: string | null | undefined): Step => ({ screen: 'prove', method: promised(method) });

/**
 * Set up only by the person: all they own is proven, and it is not enough. A request may lead to the first second
 * factor ever, never past one that is owned; else whoever holds the password would make the proof that was asked of them.
 */
const maySetUp = (f: Facts) => f.mayEnrol.length > 0 && trusted(f) && (f.demandedBy === 'policy' || f.owned < 2);

const hasPickedNew = (f: Facts) => f.chosen !== null && f.mayEnrol.includes(f.chosen);
const pickedNew = (f: Facts) => (hasPickedNew(f) ? f.chosen : f.mayEnrol[0]);

// biome-ignore format: a table reads in columns
/** Read from the top; the first row that fits decides. The order is the product. */
export const table: readonly Row[] = [
  { name: 'welcome-back',  because: 'this browser goes on without a password',          when: comesBack,                                    go: (f) => ({ screen: 'welcome', method: promised(f.returning) }) },
  { name: 'who-are-you',   because: 'nobody has said who they are',                     when: (f) => !f.identified,                         go: () => ({ screen: 'identify' }) },
  { name: 'not-here',      because: 'the policy does not let this person in here',      when: (f) => f.met && f.denied,                     go: () => ({ screen: 'denied' }) },

  { name: 'keep-codes',    because: 'the backup codes have not been stored yet',        when: has('keep-backup-codes'),                     go: settle('keep-backup-codes') },
  { name: 'asked-for',     because: 'the person came to set this up',                   when: comesToSetUp,                                 go: (f) => ({ screen: 'enrol', method: promised(f.wanted) }) },
  { name: 'a-passkey',     because: 'a passkey would make the next sign-in easier',     when: mayMakePasskey,                               go: offer('passkey') },
  { name: 'no-password',   because: 'this browser could do without the password',       when: finds('passwordless'),                        go: offer('passwordless') },
  { name: 'let-through',   because: 'the proofs meet what is asked',                    when: (f) => satisfied(f) && f.wanted === null && f.confirm === null, go: () => ({ screen: 'done' }) },

  { name: 'turn-away',     because: 'too many wrong answers',                           when: (f) => f.met && f.blocked,                    go: () => ({ screen: 'blocked' }) },
  { name: 'confirm-it',    because: 'the policy asks for a code besides one factor',    when: mayConfirm,                                   go: (f) => ({ screen: 'confirm', methods: confirming(f), anew: f.confirm?.anew === true }) },
  { name: 'no-code',       because: 'a code is asked for, and none can be sent',        when: (f) => unconfirmed(f) && ways(f).length === 0, go: () => ({ screen: 'stuck' }) },
  { name: 'another-way',   because: 'the person asked for another way',                 when: (f) => f.choosing && ways(f).length > 0,      go: (f) => ({ screen: 'choose', methods: ways(f) }) },
  { name: 'as-chosen',     because: 'the person chose this method',                     when: hasPicked,                                    go: (f) => prove(f.chosen) },
  { name: 'only-way',      because: 'one method would lead on',                         when: (f) => f.usable.length === 1,                 go: (f) => prove(f.usable[0]) },
  { name: 'as-last-time',  because: 'this browser used this method last',               when: knowsABetter,                                 go: (f) => prove(f.preferred) },
  { name: 'usual-way',     because: 'nothing is proven yet: the usual comes first',     when: (f) => !f.met && f.usable.length > 1,         go: (f) => prove(f.usable[0]) },
  { name: 'several-ways',  because: 'several methods would lead on',                    when: (f) => f.usable.length > 1,                   go: (f) => ({ screen: 'choose', methods: ways(f) }) },
  { name: 'only-a-spare',  because: 'only a backup method would lead on',               when: (f) => f.spare.length > 0,                    go: (f) => prove(f.spare[0]) },
  { name: 'set-up-which',  because: 'several methods would be enough, once set up',     when: (f) => maySetUp(f) && f.mayEnrol.length > 1 && !hasPickedNew(f), go: (f) => ({ screen: 'choose-new', methods: f.mayEnrol }) },
  { name: 'set-one-up',    because: 'all that is owned is proven, and more is asked',   when: maySetUp,                                     go: (f) => ({ screen: 'enrol', method: promised(pickedNew(f)) }) },
  { name: 'dead-end',      because: 'no method leads on and none may be set up',        when: () => true,                                   go: () => ({ screen: 'stuck' }) },
];

function promised(method: string | null | undefined): string {
  if (method === null || method === undefined) throw new Error('the row promised a method');
  return method;
}
