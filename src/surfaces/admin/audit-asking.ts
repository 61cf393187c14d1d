import { z } from 'zod';
import { type Account, findAccount, findAccountByName } from '../../core/accounts/store.ts';
import { type Event, eventsOf, isEvent, type Kind, kinds } from '../../core/audit/events.ts';
import type { Search } from '../../core/audit/search.ts';
import { beginningOf } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Handle } from '../../store/database.ts';
import { rowId } from '../fields.ts';

/** What is asked of the log, as a form and an address hold it. */

const day = z.iso.date().or(z.literal('')).default('');
const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);

export const asking = z.strictObject({
  /** A user name or an address; the id of whoever is no more. */
  person: z.string().trim().max(254).default(''),
  /** A kind of events, or one event. */
  kind: z
    .string()
    .refine((text) => text === '' || isKind(text) || isEvent(text))
    .default(''),
  from: day,
  to: day,
});
export type Asking = z.output<typeof asking>;

/** Without what was not asked. */
export const said = (asked: Partial<Asking>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));

/** What is meant by it. */
export interface Meant {
  /** With the person by their id. */
  readonly asked: Asking;
  readonly search: Omit<Search, 'after'>;
  /** Whom the entries are about; null: anybody, or somebody who is no more. */
  readonly person: Account | null;
}

/** @returns null when nobody is called that */
export async function meantBy(handle: Handle, asked: Asking): Promise<Meant | null> {
  const person = await personCalled(handle, asked.person);
  if (person === null) return null;
  const { id, account } = person;
  const search = {
    person: id,
    events: eventsIn(asked.kind),
    since: asked.from === '' ? null : beginningOf(asked.from),
    until: asked.to === '' ? null : beginningOf(asked.to, 1),
  };
  return { asked: { ...asked, person: id ?? '' }, search, person: account };
}

function eventsIn(kind: string): readonly Event[] | null {
  if (isKind(kind)) return eventsOf(kind);
  return isEvent(kind) ? [kind] : null;
}

/** An id comes first: what links lead to is nobody else, whatever somebody calls themselves. */
async function personCalled(
  handle: Handle,
  called: string,
): Promise<{ id: AccountId | null; account: Account | null } | null> {
  if (called === '') return { id: null, account: null };
  const isId = rowId.safeParse(called).success;
  const account =
    (isId ? await findAccount(handle, called as AccountId) : null) ?? (await findAccountByName(handle, called));
  if (account !== null) return { id: account.id, account };
  return isId ? { id: called as AccountId, account: null } : null;
}
