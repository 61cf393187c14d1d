import type { Evidence } from '../../flow/assurance.ts';
import type { Memo } from '../../store/memo.ts';
import type { View } from '../../ui/view.ts';
import type { AccountId, Begun, Form, Refusal } from '../method.ts';
import { type Declared, evidenceOf, standIn } from './rules.ts';
import type { Heard } from './wire.ts';

/** Whom Duo is asked about. */
export interface Whom {
  readonly account: AccountId;
  /** As Duo knows them. */
  readonly username: string;
  readonly memo: Memo;
  readonly returnTo: string;
  /** What they are on their way to, and from where: their phone shows it. */
  readonly application?: string;
  readonly address?: string;
}

/** What a form came to. */
export type Answered =
  /** Duo said yes, and to what: what it is worth is another question. `push` is ours, and serves once. */
  | { readonly is: 'shown'; readonly factor: string; readonly push: string | null }
  | Refused
  | { readonly is: 'down' }
  | Begun;

type Refused = { readonly is: 'refused' } & Refusal;

/** One of the two ways to ask Duo: by pages of ours, or by its own. */
export interface Way {
  ask(whom: Pick<Whom, 'username' | 'memo'>, act: Act): Promise<View>;
  answer(whom: Whom, form: Form): Promise<Answered>;
  /** Whoever is not there, or may not go on by this alone, is shown what everybody is; nobody is asked, and no answer helps. */
  pretend(whom: Omit<Whom, 'account'>, form: Form): Promise<Refused | Begun>;
}
export type Act = 'prove' | 'set-up';

/** Anything but an answer we know is refused, and only silence is an outage: a limit that was hit never opens a door. */
export const withoutAnswer = (heard: Exclude<Heard<unknown>, { is: 'said' }>): Answered =>
  heard.is === 'odd' ? refused('unavailable', `error ${heard.code}`) : { is: 'down' };

export const refused = (because: Refusal['because'], heard: string, wait?: number): Refused => ({
  is: 'refused',
  because,
  heard,
  ...(wait !== undefined && { wait }),
});

/** A yes, and what it is worth here. */
export interface Weighed {
  readonly is: 'weighed';
  readonly evidence: Evidence;
  readonly push: string | null;
  readonly heard: string;
}

/**
 * Nobody gets through by an outage, unless the installation says so: then with no more than a password proves.
 * @param failsOpen whether it says so here
 */
export function weigh(answered: Answered, declared: Declared, failsOpen: boolean): Weighed | Refused | Begun {
  if (answered.is === 'down') {
    if (!failsOpen) return refused('unavailable', 'down');
    return { is: 'weighed', evidence: standIn, push: null, heard: 'down' };
  }
  if (answered.is !== 'shown') return answered;
  const { factor, push } = answered;
  const evidence = evidenceOf(factor, declared);
  return evidence === null ? refused('refused-before', factor) : { is: 'weighed', evidence, push, heard: factor };
}
