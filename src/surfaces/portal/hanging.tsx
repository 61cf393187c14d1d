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

/** Whom it is told to: whose ways in they are, or whoever looks after them. */
type Reader = 'yours' | 'theirs';

/** One sentence on what somebody must not lose, and one on what to do; null where no single thing would shut them out. */
export async function hangingNote(
  { gate }: House,
  account: Account,
  { language, reader }: { language: Language; reader: Reader },
): Promise<ComponentChildren | null> {
  const { read } = gate.database;
  const hanging = await hangingOf(read, gate, account);
  if (hanging === null) return null;
  const { credential } = hanging.thing;
  const called = (await listLabels(read, account.id)).get(credential.id) ?? credential.label;
  return said(hanging, called, { language, reader });
}

/** All that a person's own pages tell them of their ways in, the pressing first. What is not theirs to change, others see to. */
export async function notesFor(
  house: House,
  { language }: Asked,
  account: Account,
  { owned, may }: { owned: Ways; may: boolean },
): Promise<readonly ComponentChildren[]> {
  const hanging = may ? await hangingNote(house, account, { language, reader: 'yours' }) : null;
  return [...notesOf(owned, language, may), ...(hanging === null ? [] : [hanging])];
}

function said(
  { thing: { hold, method }, shuts, remedy }: Hanging,
  called: string | null,
  { language, reader }: { language: Language; reader: Reader },
): ComponentChildren {
  const say = words[language][reader];
  const thing = say.things[hold](called ?? method.words[language].name);
  const next = remedy?.words[language].name;
  if (next === undefined) return [say[shuts](thing), say.ask];
  return [say[shuts](thing), say.next(reader === 'yours' ? <a href="/account/security">{next}</a> : next)];
}
