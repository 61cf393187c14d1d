import { sameText } from '../kernel/bytes.ts';
import { pick } from '../kernel/chance.ts';
import { days, type Instant, minutes, shift } from '../kernel/clock.ts';
import { type AccountId, newId } from '../kernel/ids.ts';
import { mark } from '../kernel/seal.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Memo } from '../store/memo.ts';
import type { Message } from '../store/outbox.ts';
import { fromOneNetwork, type SendLimit, usualLimits, waitAfter } from './send-limits.ts';
import {
  addSend,
  chargeTry,
  findNthFrom,
  findNthSend,
  listSends,
  type Purpose,
  type Send,
  takeTurn,
  useSend,
} from './sends.ts';

/** Whose code it is, what for, and where it goes. */
export interface Sending {
  readonly purpose: Purpose;
  readonly account: AccountId;
  readonly recipient: string;
  /** From where it is asked for; left out where nobody is at a page. */
  readonly network?: string;
}

/** What is remembered of a code: everything but the code. */
interface Sent {
  readonly id: Send['id'];
  readonly mark: string;
  readonly until: Instant;
}

type Verdict =
  | { readonly is: 'right'; readonly id: Send['id'] }
  | { readonly is: 'refused'; readonly because: 'wrong' | 'malformed' | 'expired' | 'replayed' };

/** What was typed as six digits, spaces taken out; null when it cannot be a code. */
function readCode(typed: string): string | null {
  const code = typed.replaceAll(/\s/g, '');
  return /^[0-9]{6}$/.test(code) ? code : null;
}

interface Rules {
  /** The method they belong to. */
  readonly method: string;
  readonly codeMinutes: number;
  readonly dailyCeiling: number;
  /** The usual ones, when left out. */
  readonly sendLimits?: readonly SendLimit[];
}

/**
 * Codes that are sent. A code is known to the attempt that asked for it and to nobody else: its memo, sealed and opened by
 * that browser's cookie, holds a keyed hash (NIST SP 800-63B-4, 3.1.3.2). The database holds when it was sent, how often it
 * was guessed at, and whether it was used.
 */
export function sentCodes(means: Means, { method, codeMinutes, dailyCeiling, sendLimits = usualLimits }: Rules) {
  const { database, clock, chance, ring } = means;
  const networkMark = (network: string) => mark(ring, 'sent-from', network);
  const markOf = (id: string, purpose: Purpose, recipient: string, code: string) =>
    mark(ring, 'sent-code', method, id, purpose, recipient, code);

  /** Milliseconds until another may be sent there; 0: now. */
  async function waitFor(handle: Handle, { recipient, network, ...sending }: Sending): Promise<number> {
    const at = clock.now();
    const hashed = mark(ring, 'sent-to', method, recipient);
    const lately = await listSends(handle, { ...sending, method, recipient: hashed, at });
    const last = await findNthSend(handle, method, dailyCeiling);
    const full = last === null ? 0 : last + days(1) - at;
    return Math.max(waitAfter(lately, at, sendLimits), full, await waitOf(handle, network, at));
  }

  /** One network sends no more than so many, by whatever method and to whomever: a bill is not run up from one line. */
  async function waitOf(handle: Handle, network: string | undefined, at: Instant): Promise<number> {
    if (network === undefined) return 0;
    const first = await findNthFrom(handle, networkMark(network), fromOneNetwork.sends);
    return first === null ? 0 : Math.max(0, first + fromOneNetwork.within - at);
  }

  /** The code that this attempt waits for; null when none was sent or none serves any more. */
  function waitingFor(memo: Memo, purpose: Purpose): Sent | null {
    const kept = memo.get(purpose);
    const sent = kept === undefined ? null : (JSON.parse(kept) as Sent);
    return sent !== null && sent.until > clock.now() ? sent : null;
  }

  return {
    waitFor,
    waitingFor,

    /**
     * Sends a new code, and with it the one before serves no more; counted and owed in the same transaction, or neither.
     * @returns milliseconds until it may be sent; 0: it was
     */
    async send(
      tx: Transaction,
      memo: Memo,
      sending: Sending,
      write: (code: string, until: Instant) => Message,
    ): Promise<number> {
      await takeTurn(tx, method);
      const wait = await waitFor(tx, sending);
      if (wait > 0) return wait;
      const { purpose, recipient, network, account } = sending;
      const at = clock.now();
      const id = newId<'sent-code'>(chance);
      const code = pick(chance, '0123456789', 6);
      const until = shift(at, minutes(codeMinutes));
      const from = network === undefined ? '' : networkMark(network);
      const to = mark(ring, 'sent-to', method, recipient);
      await addSend(tx, { id, method, purpose, account, at, recipient: to, network: from });
      await means.outbox.add(tx, { ...write(code, until), expiresAt: until });
      memo.set(purpose, JSON.stringify({ id, until, mark: markOf(id, purpose, recipient, code) } satisfies Sent));
      return 0;
    },

    /** Looks at a guess, which is counted first. */
    async check(memo: Memo, { purpose, recipient }: Omit<Sending, 'account'>, typed: string): Promise<Verdict> {
      const code = readCode(typed);
      if (code === null) return { is: 'refused', because: 'malformed' };
      const sent = waitingFor(memo, purpose);
      if (sent === null) return { is: 'refused', because: 'expired' };
      const left = await database.transaction((tx) => chargeTry(tx, sent.id));
      if (left === 0 || typeof left === 'string') memo.delete(purpose);
      if (typeof left === 'string') return { is: 'refused', because: left };
      const right = sameText(sent.mark, markOf(sent.id, purpose, recipient, code));
      return right ? { is: 'right', id: sent.id } : { is: 'refused', because: 'wrong' };
    },

    /** @returns false: somebody was faster */
    use: (tx: Transaction, id: Send['id']): Promise<boolean> => useSend(tx, id, clock.now()),
  };
}
