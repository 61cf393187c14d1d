import { addEntry, countAccounts, hasEntry } from '../core/audit/store.ts';
import type { Role } from '../flow/gather.ts';
import { shift } from '../kernel/clock.ts';
import type { Transaction } from '../store/database.ts';
import type { Charged } from './charging.ts';
import type { Turn } from './gate.ts';
import { notice, noticeToAdministrators } from './notices.ts';
import { letters } from './words.ts';

/** So many wrong second factors in a row their owner hears of; and of the one that locks them. */
const worthTelling = 5;

/** A wrong answer was given: does anybody have to hear of it? */
export async function raiseAlarms(tx: Transaction, turn: Turn, role: Role, { failures }: Charged): Promise<void> {
  const [inARow = 0] = failures.values();
  if (role === 'first') {
    // Whoever guesses at many accounts guesses at each for a first time: so much is looked at, and no more.
    if (inARow === 1) await watchSpread(tx, turn);
    return;
  }
  const { guessing } = await turn.gate.policy(tx);
  if (inARow === guessing.lockAfter) await notice(tx, turn.gate, turn.attempt.account, 'second-factor-locked');
  else if (inARow === worthTelling) await notice(tx, turn.gate, turn.attempt.account, 'second-factor-guessed');
}

/** A few guesses at each of many accounts trouble no single counter: they are seen together, and told once. */
async function watchSpread(tx: Transaction, { gate, visit }: Turn): Promise<void> {
  const { guessing } = await gate.policy(tx);
  const since = shift(gate.clock.now(), -guessing.within);
  if (await hasEntry(tx, 'guessing.spread', since)) return;
  const accounts = await countAccounts(tx, 'proof.refused', since);
  if (accounts < guessing.accounts) return;
  const { address } = visit;
  await addEntry(tx, gate, { event: 'guessing.spread', account: null, address, detail: { accounts } });
  await noticeToAdministrators(tx, gate, (language) => letters[language].spread(accounts));
}
