import { type AccountId, findAccount } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { addHandOut, countHandOuts, handedOut, type What } from '../core/temporary-codes/hand-outs.ts';
import { saveCode, saveNumber, stopCode, takeNumber, useCode } from '../core/temporary-codes/store.ts';
import { pick } from '../kernel/chance.ts';
import { hours } from '../kernel/clock.ts';
import { tidyCode } from '../otp/codes.ts';
import type { Transaction } from '../store/database.ts';
import { secondBudget } from './budgets.ts';
import { chargeAll, forgive, refundAll } from './charging.ts';
import { advance, asOurFault, atomically, type Ran, record, refuse } from './consequences.ts';
import type { Gate, Turn, Visit } from './gate.ts';
import { mail, noticeToAdministrators } from './notices.ts';
import { host, type Office } from './office.ts';
import { hasSecond, ownedBy } from './owned.ts';
import { done, endElsewhere, type Refused, upon } from './people.ts';
import { decide } from './situation.ts';
import { letters, warnings } from './temporary-words.ts';

/**
 * A code that the help desk reads out to whoever is without their second factor today (`docs/adr/0037`). It takes the place of
 * that factor where a policy asks for one: once, within an hour, beside a password, and for nothing else.
 */
export const temporaryCode = { id: 'temporary-code', role: 'second' } as const;

/** Few enough to be read out. */
const codeDigits = 8;
const numberDigits = 6;

/** What one issuer may hand out in an hour. */
const most: Readonly<Record<Extract<What, 'number' | 'code'>, number>> = { number: 10, code: 5 };

/**
 * `unreachable`: no address that a number could go to; `nothing-lost`: they own no second factor; `enough`: too many of late;
 * `two-hands`: whoever gave them a link to another password gives no code besides.
 */
export type Hindrance = 'unreachable' | 'nothing-lost' | 'enough' | 'wrong' | 'two-hands';

/** Sends the number that the caller is to read back: whoever calls has to be whoever reads their mail. */
export const sendNumber = (gate: Gate, office: Office, account: AccountId): Promise<'done' | Hindrance | Refused> =>
  upon(gate, office, { act: 'give-code', account }, async (tx, _, person) => {
    if (person.email === null || !gate.mails) return 'unreachable';
    if (!hasSecond(await ownedBy(tx, gate, account))) return 'nothing-lost';
    if (!(await mayHandOut(tx, gate, office, 'number'))) return 'enough';
    const number = pick(gate.chance, '0123456789', numberDigits);
    await saveNumber(tx, gate, { account, issuer: office.actor, number });
    await addHandOut(tx, gate, { issuer: office.actor, account, what: 'number' });
    await mail(tx, gate, person, letters[person.language].number(number));
    return 'done';
  });

/** Did the caller read it back right? A wrong one is counted, and no code comes of it. */
export const checkNumber = (
  gate: Gate,
  office: Office,
  account: AccountId,
  typed: string,
): Promise<'right' | 'wrong' | Refused> =>
  upon(gate, office, { act: 'give-code', account }, async (tx) => {
    const number = tidyCode(typed, numberDigits) ?? '';
    return (await takeNumber(tx, gate, { account, issuer: office.actor, number })) ? 'right' : 'wrong';
  });

export type Given = { readonly is: 'given'; readonly code: string } | Hindrance | Refused;

/** Makes the code: shown to whoever reads it out, kept as a hash, and its person is told how to stop it. */
export const giveCode = (gate: Gate, office: Office, account: AccountId, typed: string): Promise<Given> =>
  done<Given>(gate, office, { act: 'give-code', account }, async (tx, record, person) => {
    const number = tidyCode(typed, numberDigits) ?? '';
    if (!(await takeNumber(tx, gate, { account, issuer: office.actor, number }))) return 'wrong';
    if (await handedOut(tx, gate, { issuer: office.actor, account, what: 'link' }, hours(24))) return 'two-hands';
    if (!(await mayHandOut(tx, gate, office, 'code'))) return 'enough';
    const code = pick(gate.chance, '0123456789', codeDigits);
    const stop = await saveCode(tx, gate, account, code);
    await addHandOut(tx, gate, { issuer: office.actor, account, what: 'code' });
    await record('temporary-code.given');
    const link = new URL(`/temporary-code/stop/${stop}`, gate.publicUrl).href;
    await mail(tx, gate, person, letters[person.language].given(link));
    return { is: 'given', code };
  });

async function mayHandOut(
  tx: Transaction,
  gate: Gate,
  { actor: issuer }: Office,
  what: keyof typeof most,
): Promise<boolean> {
  if (issuer !== host.actor) await oneAtATime(tx, issuer as AccountId);
  return (await countHandOuts(tx, gate, { issuer, what }, hours(1))) < most[what];
}

/** Types it where a second factor is asked for. Counted with all other second factors, before it is looked at. */
export async function excuse(turn: Turn, typed: string): Promise<Ran> {
  const { gate, attempt } = turn;
  const { account } = attempt;
  const { read } = gate.database;
  if (account !== null) await gate.directory.letsIn(account, 0, attempt.id);
  const { excusable, excused, facts, open } = await decide(read, turn);
  // Never alone: whoever types it has begun with what they always begin with.
  if (account === null || !excusable || excused || !facts.met) return { is: 'stale' };
  const { guessing } = await gate.policy(read);
  const charged = await chargeAll(gate, [secondBudget(account, guessing.lockAfter)]);
  const { blockedUntil } = charged;
  if (blockedUntil !== null)
    return refuse(turn, temporaryCode, { is: 'refused', because: 'blocked', wait: blockedUntil - gate.clock.now() });
  const code = tidyCode(typed, codeDigits);
  const ran = await atomically<Ran | null>(turn, async (tx) => {
    if (!open || code === null || !(await useCode(tx, gate, account, code))) return null;
    await forgive(tx, charged);
    await record(tx, turn, 'temporary-code.used', {});
    return advance(tx, turn, { excused: true });
  }).catch(asOurFault(gate, charged));
  if (ran?.is === 'on') return ran;
  if (ran === null && code !== null) return refuse(turn, temporaryCode, { because: 'wrong' }, charged);
  await refundAll(gate, charged);
  return ran ?? refuse(turn, temporaryCode, { because: 'malformed' });
}

/** "I called nobody": it serves no more, and whoever it let in is out. @returns false when there is none to stop */
export const stopTemporaryCode = (gate: Gate, token: string, { address }: Visit): Promise<boolean> =>
  gate.database.transaction(async (tx) => {
    const account = await stopCode(tx, token);
    if (account === null) return false;
    await endElsewhere(tx, account);
    await addEntry(tx, gate, { event: 'temporary-code.stopped', account, address, detail: {} });
    const person = await findAccount(tx, account);
    if (person !== null)
      await noticeToAdministrators(tx, gate, (language) => warnings[language].stopped(person.username));
    return true;
  });
