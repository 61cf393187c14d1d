import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import { open, seal } from '../../kernel/seal.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import type { Session } from '../sessions/store.ts';
import proofTicketsSql from './0001-proof-tickets.sql';

export type ProofTicketId = Id<'proof-ticket'>;

export const migrations: readonly Migration[] = [{ name: 'proof-tickets/0001', sql: proofTicketsSql }];
export const restored = emptied('proof_ticket');
export const sealed: readonly SealedColumn[] = [{ table: 'proof_ticket', column: 'change', key: 'id' }];

/** One change that somebody is about to make, as they sent it. */
export interface Change {
  /** Where to: a path of ours, with what is named in it. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  /** It takes a way in away: a saved code is not enough for it. */
  readonly takesAway: boolean;
  /** "remove YubiKey 5", in their language. */
  readonly act: string;
  /** Where they came from, should they leave it. */
  readonly from: string;
  /** Where it leads once it is done: sent again, it leads there and does nothing. */
  readonly done: string;
}

/** One thing that is sent, as a ticket knows it again. */
export type Sent = Pick<Change, 'path' | 'form'>;

const boundTo = ({ path, form }: Sent): string =>
  hashOf(JSON.stringify([path, Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1))]));

type Tables = {
  proof_ticket: {
    id: string;
    account_id: string;
    session_id: string;
    bound_to: string;
    change: string;
    secret_hash: string | null;
    spent: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
const place = (row: string) => ({ table: 'proof_ticket', column: 'change', row });

/** So many may wait in one session to be proven; of more the oldest goes. */
const most = 10;

/** Keeps a change until it is proven: as long as an attempt may last. */
export async function addProofTicket(
  tx: Transaction,
  { chance, clock, ring }: Means,
  { id: session, account }: Pick<Session, 'id' | 'account'>,
  change: Change,
): Promise<ProofTicketId> {
  const waiting = await own(tx)
    .selectFrom('proof_ticket')
    .select('id')
    .where('session_id', '=', session)
    .where('secret_hash', 'is', null)
    .orderBy('expires_at', 'desc')
    .execute();
  const over = waiting.slice(most - 1).map(({ id }) => id);
  if (over.length > 0) await own(tx).deleteFrom('proof_ticket').where('id', 'in', over).execute();
  const id = newId<'proof-ticket'>(chance);
  await own(tx)
    .insertInto('proof_ticket')
    .values({
      id,
      account_id: account,
      session_id: session,
      bound_to: boundTo(change),
      change: seal(ring, chance, place(id), JSON.stringify(change)),
      secret_hash: null,
      spent: 0,
      expires_at: shift(clock.now(), minutes(60)),
    })
    .execute();
  return id;
}

/** All that was asked is proven: from now on it opens its change, for five minutes. @returns its secret; null: it is gone */
export async function giveProofTicket(
  tx: Transaction,
  { chance, clock }: Means,
  id: ProofTicketId,
  session: Session['id'],
): Promise<string | null> {
  const secret = newSecret(chance);
  const given = await own(tx)
    .updateTable('proof_ticket')
    .set({ secret_hash: hashOf(secret), expires_at: shift(clock.now(), minutes(5)) })
    .where('id', '=', id)
    .where('session_id', '=', session)
    .where('secret_hash', 'is', null)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  return given.numUpdatedRows === 1n ? secret : null;
}

export interface ProofTicket {
  readonly id: ProofTicketId;
  readonly change: Change;
  readonly given: boolean;
  readonly spent: boolean;
}

const ticketOf = ({ ring }: Means, row: Tables['proof_ticket']): ProofTicket => ({
  id: row.id as ProofTicketId,
  change: JSON.parse(open(ring, place(row.id), row.change)) as Change,
  given: row.secret_hash !== null,
  spent: row.spent === 1,
});

/** For the page that says what is about to be done. */
export async function findProofTicket(
  handle: Handle,
  means: Means,
  id: ProofTicketId,
  session: Session['id'],
): Promise<ProofTicket | null> {
  const row = await own(handle)
    .selectFrom('proof_ticket')
    .selectAll()
    .where('id', '=', id)
    .where('session_id', '=', session)
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  return row === undefined ? null : ticketOf(means, row);
}

/** The one that this session was given for what it sends now, spent or not. */
export async function findGivenTicket(
  handle: Handle,
  means: Means,
  given: { readonly secret: string; readonly session: Pick<Session, 'id' | 'account'>; readonly sent: Sent },
): Promise<ProofTicket | null> {
  const row = await own(handle)
    .selectFrom('proof_ticket')
    .selectAll()
    .where('secret_hash', '=', hashOf(given.secret))
    .where('session_id', '=', given.session.id)
    .where('account_id', '=', given.session.account)
    .where('bound_to', '=', boundTo(given.sent))
    .where('expires_at', '>', means.clock.now())
    .executeTakeFirst();
  return row === undefined ? null : ticketOf(means, row);
}

/** By one conditional statement, in the transaction of the change: of all who send it at once, one does. */
export async function spendProofTicket(tx: Transaction, { clock }: Means, id: ProofTicketId): Promise<boolean> {
  const spent = await own(tx)
    .updateTable('proof_ticket')
    .set({ spent: 1 })
    .where('id', '=', id)
    .where('secret_hash', 'is not', null)
    .where('spent', '=', 0)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  return spent.numUpdatedRows === 1n;
}

export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('proof_ticket').where('expires_at', '<=', now).execute();
}
