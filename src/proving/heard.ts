import { type AttemptId, addAttempt, findHeard, type Progress, removeAttempt } from '../core/attempts/store.ts';
import { newSecret } from '../kernel/ids.ts';
import type { AccountId } from '../methods/method.ts';
import type { Language } from '../ui/language.ts';
import type { Gate, LiveMethod, Turn } from './gate.ts';
import { nothingMore } from './owned.ts';

/** What is asked where there is no page, and heard by whoever asked (`docs/adr/0050`). */
export interface Asker {
  /** `radius:vpn`: nobody else goes on with what it began. */
  readonly name: string;
  /** By whose rules it is decided, and what people read of it. */
  readonly application: { readonly id: string; readonly name: string };
  /** From where the person comes; its own name where nobody tells, and then they may come from anywhere. */
  readonly address: string;
  readonly language: Language;
}

/** A proof that takes no page: a code that is shown to them, one that is sent, or a yes on their phone. */
export interface Way {
  readonly method: string;
  readonly kind: 'code' | 'sent' | 'push';
}

export function wayOf(method: LiveMethod | undefined): readonly Way[] {
  if (method === undefined || method.role === 'first') return [];
  if (method.typed || method.pin) return [{ method: method.id, kind: 'code' }];
  if (method.reliesOn === 'mail' || method.reliesOn === 'sms') return [{ method: method.id, kind: 'sent' }];
  return method.pushes ? [{ method: method.id, kind: 'push' }] : [];
}

/** Begins what goes on with a secret alone, and for this asker alone. @returns the secret */
export async function beginHeard(
  gate: Gate,
  { name, application }: Asker,
  { account, progress }: { readonly account: AccountId | null; readonly progress?: Partial<Progress> },
): Promise<string> {
  const browserSecret = newSecret(gate.chance);
  const purpose = {
    application: { ...application, origin: gate.publicUrl.origin },
    ask: nothingMore,
    wanted: null,
    act: null,
    returnTo: '/account',
    heardBy: name,
  };
  await gate.database.transaction(
    (tx): Promise<AttemptId> =>
      addAttempt(tx, gate, {
        browserSecret,
        account,
        session: null,
        purpose,
        ...(progress !== undefined && { progress }),
      }),
  );
  return browserSecret;
}

/** Nothing is left of it to go on with. @returns false: nothing was */
export function endHeard(gate: Gate, { name }: Asker, secret: string): Promise<boolean> {
  return gate.database.transaction(async (tx) => {
    const attempt = await findHeard(tx, gate, secret, name);
    return attempt !== null && (await removeAttempt(tx, attempt));
  });
}

/** What was begun by this very asker. @throws Gone */
export async function heldBy(gate: Gate, asker: Asker, secret: string): Promise<Turn & { readonly holds: true }> {
  const attempt = await findHeard(gate.database.read, gate, secret, asker.name);
  if (attempt === null) throw new Gone();
  const { address, language } = asker;
  const visit = { address, language, agent: '', browser: null, session: null, choice: null, remembered: [] };
  return { gate, attempt, secret, visit, holds: true };
}

/** It is over, or another's. */
export class Gone extends Error {}

export function orNobody(failure: unknown): null {
  if (failure instanceof Gone) return null;
  throw failure;
}
