import { type AccountId, findAccount, saveNames } from '../core/accounts/store.ts';
import { oneProgramAtATime } from '../core/scim/shelves.ts';
import { addKept, findKeptByExternalId, type Kept, listKeptAmong, type Names, saveKept } from '../core/scim/users.ts';
import { manyAtATime } from '../core/sessions/sign-outs.ts';
import type { Transaction } from '../store/database.ts';
import { leaveAddress } from './addresses.ts';
import { invite } from './enrolment.ts';
import type { Gate } from './gate.ts';
import { type Office, record } from './office.ts';
import { ownedBy } from './owned.ts';
import { addPersonIn, erase, keepOut, letBackIn, newcomer, type Record } from './people.ts';

/**
 * People whom a program keeps here (`docs/adr/0043`): those it made, and nobody else; not whoever has a role by now. How they sign
 * in is theirs, as everybody's.
 */

/** What a program says of somebody. */
export interface Profile {
  readonly username: string;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly names: Names;
  readonly active: boolean;
}

/**
 * `gone`: it keeps no such person; `taken`: a name, an address or an external id is somebody else's; `office`: they have a role;
 * `kept-out`: it was not the program that disabled them.
 */
export type Hindrance = 'gone' | 'taken' | 'office' | 'kept-out';

export const profileOf = ({ account: { username, email, disabledAt }, externalId, names }: Kept): Profile => ({
  username,
  email,
  externalId,
  names,
  active: disabledAt === null,
});

const nameOf = ({ username, names: { display, formatted, given, family } }: Profile): string =>
  display ?? formatted ?? (`${given ?? ''} ${family ?? ''}`.trim() || username);

/** Somebody new, who is written to as everybody is who was added. */
export const provisionPerson = (gate: Gate, office: Office, profile: Profile): Promise<Kept | Hindrance> =>
  gate.database.transaction(async (tx) => {
    await oneProgramAtATime(tx);
    if (await isOthers(tx, null, profile)) return 'taken';
    const { username, email, externalId, names, active } = profile;
    const made = newcomer(gate, { username, email, name: nameOf(profile), groups: [] });
    const shutOutAt = active ? null : made.createdAt;
    const account = { ...made, disabledAt: shutOutAt };
    if (!(await addPersonIn(tx, gate, office, account))) return 'taken';
    const kept = { account, externalId, names, changedAt: made.createdAt, shutOutAt };
    await addKept(tx, kept);
    if (active && email !== null) await invite(tx, gate, account);
    return kept;
  });

/** @param weigh what is to become of them: it throws where nothing is */
export const changeProvisioned = (
  gate: Gate,
  office: Office,
  id: AccountId,
  weigh: (kept: Kept, tx: Transaction) => Promise<Profile>,
): Promise<Kept | Hindrance> =>
  uponKept(gate, id, async (tx, kept) => {
    const wanted = await weigh(kept, tx);
    if (JSON.stringify(wanted) === JSON.stringify(profileOf(kept))) return kept;
    const hindrance = await hindranceTo(tx, kept, wanted);
    if (hindrance !== null) return hindrance;
    await follow(tx, gate, office, { kept, wanted });
    const account = await findAccount(tx, id);
    if (account === null) return 'gone';
    const isMoved = wanted.active !== (kept.account.disabledAt === null);
    const shutOutAt = isMoved ? account.disabledAt : kept.shutOutAt;
    const { externalId, names } = wanted;
    const saved = { account, externalId, names, changedAt: gate.clock.now(), shutOutAt };
    await saveKept(tx, id, saved);
    return saved;
  });

interface Change {
  readonly kept: Kept;
  readonly wanted: Profile;
}

/** Their names and address are saved, if nobody else has them. */
async function hindranceTo(tx: Transaction, kept: Kept, wanted: Profile): Promise<Hindrance | null> {
  const { account, shutOutAt } = kept;
  const { disabledAt, groups } = account;
  if (wanted.active && disabledAt !== null && disabledAt !== shutOutAt) return 'kept-out';
  if (await isOthers(tx, account.id, wanted)) return 'taken';
  const { username, email } = wanted;
  const isSaved = await saveNames(tx, account, { username, email, name: nameOf(wanted), groups });
  return isSaved ? null : 'taken';
}

/** What follows from it, written down. */
async function follow(tx: Transaction, gate: Gate, office: Office, { kept, wanted }: Change): Promise<void> {
  const { account } = kept;
  const { id, language } = account;
  const write: Record = (event, detail = {}) => record(tx, gate, office, { event, account: id, detail });
  const before = profileOf(kept);
  const fields = (['username', 'externalId', 'names'] as const).filter(
    (field) => JSON.stringify(wanted[field]) !== JSON.stringify(before[field]),
  );
  if (fields.length > 0) await write('account.changed', { fields: fields.join(' ') });
  if (wanted.email !== null && wanted.email !== before.email) {
    await write('address.changed');
    await leaveAddress(tx, gate, account, { to: wanted.email, language });
  }
  if (wanted.active !== before.active) await (wanted.active ? welcomeBack : keepOut)(tx, gate, id, write);
}

/** Gone for good, as by the host. @param weigh throws where they are to stay */
export const eraseProvisioned = (
  gate: Gate,
  office: Office,
  id: AccountId,
  weigh: (kept: Kept, tx: Transaction) => Promise<void>,
): Promise<'done' | Hindrance> =>
  uponKept<'done'>(gate, id, async (tx, kept) => {
    await weigh(kept, tx);
    await erase(tx, id, (event, detail = {}) => record(tx, gate, office, { event, account: id, detail }));
    return 'done';
  });

/** One of those it keeps, whom nobody else changes meanwhile. */
const uponKept = <Result>(
  gate: Gate,
  id: AccountId,
  work: (tx: Transaction, kept: Kept) => Promise<Result>,
): Promise<Result | 'gone' | 'office'> =>
  gate.database.transaction(async (tx) => {
    await oneProgramAtATime(tx);
    const held = await findAllHeld(tx, [id]);
    if (typeof held === 'string') return held;
    const [kept] = held;
    return kept === undefined ? 'gone' : work(tx, kept);
  });

/** Whom a program may touch: those it keeps, who have no role. Nobody else changes them from here on. */
export async function findAllHeld(
  tx: Transaction,
  ids: readonly AccountId[],
): Promise<readonly Kept[] | 'gone' | 'office'> {
  await manyAtATime(tx, ids);
  const kept = await listKeptAmong(tx, ids);
  if (kept.length < ids.length) return 'gone';
  return kept.every(({ account }) => account.role === null) ? kept : 'office';
}

/** Is the external id somebody else's? Names and addresses are asked for where they are saved. */
async function isOthers(tx: Transaction, id: AccountId | null, { externalId }: Profile): Promise<boolean> {
  const owner = externalId === null ? null : await findKeptByExternalId(tx, externalId);
  return owner !== null && owner.account.id !== id;
}

/** Whoever has nothing yet to sign in with is written to as somebody new. */
async function welcomeBack(tx: Transaction, gate: Gate, id: AccountId, write: Record): Promise<void> {
  await letBackIn(tx, gate, id, write);
  const account = await findAccount(tx, id);
  if (account === null || account.email === null || (await ownedBy(tx, gate, id)).length > 0) return;
  await invite(tx, gate, account);
}
