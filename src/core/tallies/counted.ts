import { alarms, type Event, events } from '../audit/events.ts';
import type { Entry } from '../audit/store.ts';
import type { Kind } from './store.ts';

/** What was no answer of theirs: nothing came yet, or it came too late, or our provider was silent. */
const noGuess: readonly unknown[] = ['malformed', 'expired', 'limited', 'waiting', 'unavailable'];

type Counting = (detail: Entry['detail']) => string | null;
const text = (said: unknown): string => (typeof said === 'string' ? said : '');
const byMethod: Counting = ({ method, because }) => (noGuess.includes(because) ? null : text(method));

/** What is counted of an event besides that it was an alarm, by what name; null: this one is not. */
const rows: Partial<Record<Event, readonly { readonly kind: Kind; readonly name: Counting }[]>> = {
  'session.started': [
    { kind: 'sign-in', name: ({ ways }) => text(ways) },
    { kind: 'application', name: ({ application }) => text(application) || null },
  ],
  'access.given': [
    { kind: 'sign-in', name: ({ ways }) => text(ways) },
    { kind: 'application', name: ({ application }) => text(application) || null },
  ],
  'proof.refused': [{ kind: 'refusal', name: byMethod }],
  'proof.replayed': [{ kind: 'refusal', name: byMethod }],
  'proof.blocked': [{ kind: 'refusal', name: byMethod }],
  InvalidCredentials: [{ kind: 'refusal', name: byMethod }],
};

/** As what an entry of the log counts. @param detail as it was written; empty where it was erased since */
export function countedAs(event: string, detail: string): readonly { kind: Kind; name: string }[] {
  if (!Object.hasOwn(events, event)) return [];
  const said = detail === '' ? {} : (JSON.parse(detail) as Entry['detail']);
  const counted = (rows[event as Event] ?? []).flatMap(({ kind, name: counting }) => {
    const name = counting(said);
    return name === null ? [] : [{ kind, name }];
  });
  return [...counted, ...(alarms.includes(event as Event) ? [{ kind: 'alarm' as const, name: event }] : [])];
}
