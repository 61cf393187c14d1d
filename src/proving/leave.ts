import type { Purpose } from '../core/attempts/store.ts';
import {
  addProofTicket,
  type Change,
  findGivenTicket,
  type ProofTicketId,
  spendProofTicket,
} from '../core/proof-tickets/store.ts';
import { hasSession, type Session } from '../core/sessions/store.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { wouldPass } from './begin.ts';
import type { Gate, Visit } from './gate.ts';
import { Outrun } from './outrun.ts';
import { purposeOf } from './purposes.ts';

declare const mark: unique symbol;

/**
 * Somebody has shown, minutes ago, all they own, and may make one change to how they get in. Made here alone; whatever
 * makes such a change takes one, and spends it in its own transaction (`docs/adr/0034`).
 */
export interface Leave {
  readonly [mark]: true;
  readonly session: Session;
  readonly visit: Visit;
  /** What was proven for this change; null: the sign-in itself is that young. */
  readonly ticket: ProofTicketId | null;
  readonly change: Change;
}

export interface Asking {
  readonly session: Session;
  readonly visit: Visit;
  /** The secret of a ticket, as the browser sends it. */
  readonly secret: string | undefined;
}

/** `done`: this very change was made with this very ticket before. `asked`: what it takes is still to be proven. */
export type Answered =
  | { readonly is: 'given'; readonly leave: Leave }
  | { readonly is: 'done' }
  | { readonly is: 'asked' };

/** May this person, as they stand there, make this change? */
export async function leaveFor(gate: Gate, { session, visit, secret }: Asking, change: Change): Promise<Answered> {
  const { read } = gate.database;
  const ticket = secret === undefined ? null : await findGivenTicket(read, gate, { secret, session, sent: change });
  if (ticket?.spent) return { is: 'done' };
  // What was proven when less was asked does not serve.
  const serves = ticket !== null && ticket.change.takesAway === change.takesAway;
  const leave = { session, visit, ticket: serves ? ticket.id : null, change } as Leave;
  const passes = serves || (await isYoung(read, gate, leave));
  return passes ? { is: 'given', leave } : { is: 'asked' };
}

/** What was good when it was asked for may be over by now. @throws Outrun when it is, and then nothing was changed */
export async function spend(tx: Transaction, gate: Gate, leave: Leave): Promise<void> {
  const { session, ticket } = leave;
  const holds =
    ticket === null
      ? await isYoung(tx, gate, leave)
      : (await hasSession(tx, session.id, session.account)) && (await spendProofTicket(tx, gate, ticket));
  if (!holds) throw new Outrun();
}

async function isYoung(handle: Handle, gate: Gate, { session, visit, change }: Leave): Promise<boolean> {
  const { step } = await wouldPass(gate, { session, visit, purpose: purposeOfChange(gate, change) }, handle);
  return step.screen === 'done';
}

/** Keeps the change until it is proven. @returns why they are sent to the gate: to prove all they own, anew, for this alone */
export async function ask(gate: Gate, session: Session, change: Change): Promise<Purpose> {
  const id = await gate.database.transaction((tx) => addProofTicket(tx, gate, session, change));
  return { ...purposeOfChange(gate, change), change: id, returnTo: `/step-up/${id}` };
}

const purposeOfChange = (gate: Gate, { act, from, takesAway }: Change): Purpose =>
  purposeOf(gate, { act, wanted: null, returnTo: from, takesAway });
