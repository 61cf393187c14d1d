import { addHandOut, handedOut } from '../core/temporary-codes/hand-outs.ts';
import { hours } from '../kernel/clock.ts';
import type { Registered, Registering, Registration } from '../methods/method.ts';
import { shared } from '../otp/realms.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';
import { mail } from './notices.ts';
import type { Office } from './office.ts';
import { noteSecond } from './owned.ts';
import { done, endElsewhere, type Refused } from './people.ts';
import { pins } from './realms.ts';
import { letters } from './registering-words.ts';

/**
 * A PIN that is registered for somebody, with a key that whoever does it sees (S-1 to S-5, D31): what it is worth less for that,
 * its method says.
 */
export function registrar(gate: Gate): LiveMethod & { readonly registering: Registering } {
  const found = pins(gate).find((method): method is ReturnType<typeof registrar> => method.registering !== undefined);
  if (found === undefined) throw new Error('the registry has no method that is registered');
  return found;
}

/** Where a PIN may be registered: for all applications, and in each realm of its own. */
export const realmsOf = ({
  realms,
}: Pick<Gate, 'realms'>): readonly { id: string; name: string | null; ownMark: boolean }[] => [
  { id: shared, name: null, ownMark: false },
  ...realms,
];

export type Came =
  | 'registered'
  /** Whoever gave them a link to another password registers no PIN besides. */
  | 'two-hands'
  | Exclude<Registration, { is: 'ready' }>
  | Refused;

/** Keeps the key and tells its person, if the PIN is right for it now; else nothing is kept. */
export async function registerPin(
  gate: Gate,
  office: Office,
  given: Registered & { readonly calledThere: readonly string[] },
): Promise<Came> {
  const { account, realms, calledThere } = given;
  const method = registrar(gate);
  const found = await method.registering.check(given);
  if (found.is === 'again') return found;
  if (await isHeldElsewhere(gate.database.read, gate, found.seed)) return { is: 'again', because: 'held' };
  return done<Came>(gate, office, { act: 'register-pin', account }, async (tx, record, person) => {
    const { actor: issuer } = office;
    if (await handedOut(tx, gate, { issuer, account, what: 'link' }, hours(24))) return 'two-hands';
    const kept = await found.save(tx, { at: gate.clock.now(), level: 1 });
    if (kept === false) return { is: 'again', because: 'replayed' };
    await addHandOut(tx, gate, { issuer, account, what: 'pin' });
    // What rested on the one before ends with it.
    if (kept.replaced > 0) await endElsewhere(tx, account);
    await noteSecond(tx, gate, account);
    await record('pin.registered', { method: method.id, realms: realms.map(({ id }) => id).join(' ') });
    await mail(
      tx,
      gate,
      person,
      letters[person.language].registered(calledThere, new URL('/account', gate.publicUrl).href),
    );
    return 'registered';
  });
}

/** Is the key one of another method's, whoever has it? */
export async function isHeldElsewhere(handle: Handle, gate: Gate, seed: string): Promise<boolean> {
  for (const { knows } of pins(gate)) if ((await knows?.(handle, seed)) === true) return true;
  return false;
}
