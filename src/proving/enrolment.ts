import { type Account, findAccount } from '../core/accounts/store.ts';
import { addLink, removeLinks } from '../core/links/store.ts';
import { may } from '../core/roles/roles.ts';
import { addHandOut, handedOut } from '../core/temporary-codes/hand-outs.ts';
import { hours } from '../kernel/clock.ts';
import type { AccountId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { letters } from './enrolment-words.ts';
import { type Begun, firstMethod, type Gate, type LiveMethod } from './gate.ts';
import { mail, notice } from './notices.ts';
import { type Office, spendLeave } from './office.ts';
import { addPersonIn, done, type NewPerson, newcomer, type Refused } from './people.ts';
import { beginByLink, linkToSet } from './tickets.ts';

/**
 * Links that whoever runs the house hands to somebody (`docs/adr/0038`): to choose a password, or, after their password, to set
 * up one more way to sign in. Each serves once, for a day.
 */
export const lifetime = hours(24);

/** As links name it: after the password, this may be set up. */
const after = (method: string): string => `after-password:${method}`;

/** What a link can set: what is asked first, and whatever is set up in one step, with nothing sent on the way. */
export const settable = ({ methods }: Pick<Gate, 'methods'>): readonly LiveMethod[] =>
  [...methods.values()].filter(({ role, reliesOn }) => role !== 'backup' && reliesOn === undefined);

export type Linked = { readonly is: 'linked'; readonly to: string } | 'two-hands' | Refused;

/** Earlier links of theirs are worth nothing any more. A link to another password, and a code besides, take two who give them. */
export const linkPerson = (gate: Gate, office: Office, account: AccountId, method: string): Promise<Linked> =>
  done<Linked>(gate, office, { act: 'give-link', account }, async (tx, record) => {
    const first = firstMethod(gate).id === method;
    const { actor: issuer } = office;
    const handed = (what: 'code' | 'pin') => handedOut(tx, gate, { issuer, account, what }, hours(24));
    if (first && ((await handed('code')) || (await handed('pin')))) return 'two-hands';
    await removeLinks(tx, account);
    const token = await addLink(tx, gate, { account, method: first ? method : after(method), lifetime });
    if (first) await addHandOut(tx, gate, { issuer, account, what: 'link' });
    await record('link.given', { method });
    await notice(tx, gate, account, 'link-given');
    return { is: 'linked', to: new URL(`/${first ? 'set-up' : 'enrol'}/${token}`, gate.publicUrl).href };
  });

export type Invited = { readonly is: 'invited'; readonly account: AccountId; readonly to: string } | 'taken' | Refused;

/** Adds somebody, who gets the link to a password by mail where they have an address: it is shown to whoever adds them, too. */
export const invitePerson = (gate: Gate, office: Office, person: NewPerson): Promise<Invited> =>
  gate.database.transaction(async (tx): Promise<Invited> => {
    const actor = await findAccount(tx, office.actor as AccountId);
    if (actor === null || actor.disabledAt !== null || !may(actor, 'add')) return 'not-theirs';
    await spendLeave(tx, gate, office);
    const account = newcomer(gate, person);
    if (!(await addPersonIn(tx, gate, office, account))) return 'taken';
    await addHandOut(tx, gate, { issuer: office.actor, account: account.id, what: 'link' });
    return { is: 'invited', account: account.id, to: await invite(tx, gate, account) };
  });

/** Writes to somebody new, where they have an address. @returns the link to a password */
export async function invite(tx: Transaction, gate: Gate, account: Account): Promise<string> {
  const to = await linkToSet(tx, gate, { account: account.id, method: firstMethod(gate).id, lifetime });
  await mail(tx, gate, account, letters[account.language].invited(to));
  return to;
}

/** Whoever brings the link proves their password, and then sets up what it names. */
export const beginEnrolment = (gate: Gate, token: string, browserSecret: string | undefined): Promise<Begun | null> =>
  beginByLink(gate, { token, browserSecret }, (link) => {
    const method = settable(gate).find(({ id }) => link.method === after(id));
    return method === undefined ? null : { ticket: method.id, level: 1, proofs: [] };
  });
