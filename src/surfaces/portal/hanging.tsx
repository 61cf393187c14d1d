import type { ComponentChildren } from 'preact';
import type { Account } from '../../core/accounts/store.ts';
import { listLabels } from '../../core/labels/store.ts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import { type Hanging, hangingOf } from '../../proving/hanging.ts';
import type { Ways } from '../../proving/owned.ts';
import type { Language } from '../../ui/language.ts';
import { words } from './hanging-words.ts';
import { notesOf } from './ways.tsx';

/** Who reads it: whose ways in they are, and on which page; or whoever looks after them. */
interface Reader {
  readonly language: Language;
  readonly on: string | 'others';
}

/** One sentence on what somebody must not lose, and one on what to do; null where no single thing would shut them out. */
export async function hangingNote(
  { gate }: House,
  account: Account,
  reader: Reader,
): Promise<ComponentChildren | null> {
  const { read } = gate.database;
  const hanging = await hangingOf(read, gate, account);
  if (hanging === null) return null;
  const { credential } = hanging.thing;
  const called = (await listLabels(read, account.id)).get(credential.id) ?? credential.label;
  return said(hanging, called, reader);
}

/** All that a person's own pages tell them of their ways in, the pressing first. What is not theirs to change, others see to. */
export async function notesFor(
  house: House,
  { language, path }: Asked,
  account: Account,
  { owned, may }: { owned: Ways; may: boolean },
): Promise<{ notes: readonly ComponentChildren[]; hangs: boolean }> {
  const hanging = await hangingNote(house, account, { language, on: path });
  const hangs = hanging !== null;
  return { notes: [...notesOf(owned, language, may), ...(hangs && may ? [hanging] : [])], hangs };
}

const security = '/account/security';

function said(
  { thing: { hold, method }, shuts, remedy }: Hanging,
  called: string | null,
  { language, on }: Reader,
): ComponentChildren {
  const say = words[language][on === 'others' ? 'theirs' : 'yours'];
  const thing = say.things[hold](called ?? method.words[language].name);
  const next = remedy?.words[language].name;
  if (next === undefined) return [say[shuts](thing), say.ask];
  // Where it is set up it stands below.
  const isHere = on === 'others' || on === security;
  return [say[shuts](thing), say.next(isHere ? next : <a href={security}>{next}</a>)];
}
