import type { Role } from '../flow/gather.ts';
import type { Transaction } from '../store/database.ts';
import type { Charged } from './charging.ts';
import type { Turn } from './gate.ts';
import { notice } from './notices.ts';

/** Wrong second factors in a row that their owner hears of, and what. */
const told = new Map([
  [5, 'second-factor-guessed'],
  [100, 'second-factor-locked'],
] as const);

/** A wrong answer was given: does anybody have to hear of it? */
export async function raiseAlarms(tx: Transaction, turn: Turn, role: Role, { failures }: Charged): Promise<void> {
  const inARow = Math.max(0, ...failures.values());
  const which = told.get(inARow as 5 | 100);
  if (role !== 'first' && which !== undefined) await notice(tx, turn.gate, turn.attempt, which);
}
