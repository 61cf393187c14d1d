import { forgetDevices, rememberDevice, rotateDevice, type Token, writeTokens } from '../core/browsers/remembered.ts';
import type { BrowserId } from '../core/browsers/store.ts';
import { days, shift } from '../kernel/clock.ts';
import type { Transaction } from '../store/database.ts';
import type { Turn } from './gate.ts';
import { notice } from './notices.ts';
import type { Decision } from './situation.ts';

/**
 * Keeps this browser from asking again if the person wished it, or gives it a new secret where it was excused for the old
 * one (`docs/adr/0010`). @returns the cookie, where it has changed
 */
export async function remember(
  tx: Transaction,
  { gate, attempt, visit }: Turn,
  { excusedBy, mayRemember }: Decision,
  browser: BrowserId,
): Promise<string | null> {
  const { account } = attempt;
  if (account === null) return null;
  let token: Token;
  if (attempt.progress.remember && mayRemember > 0) {
    const { address, agent } = visit;
    const expiresAt = shift(gate.clock.now(), days(mayRemember));
    token = await rememberDevice(tx, gate, { browser, account, expiresAt, agent, address });
  } else if (excusedBy !== null) token = await rotateDevice(tx, gate, excusedBy);
  else return null;
  const others = visit.remembered.filter(({ device }) => device !== excusedBy && device !== token.device);
  return writeTokens([token, ...others]);
}

/** A secret from before the last use: the device is remembered twice. It is forgotten, and its owner told. */
export async function mindCopies(tx: Transaction, { gate, attempt }: Turn, { copied }: Decision): Promise<void> {
  const { account } = attempt;
  if (copied === null || account === null || attempt.progress.proofs.length === 0) return;
  await forgetDevices(tx, account, copied);
  await notice(tx, gate, account, 'device-copied');
}
