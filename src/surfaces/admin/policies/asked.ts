import { z } from 'zod';
import { findAccountByName } from '../../../core/accounts/store.ts';
import type { Policy } from '../../../core/policies/document.ts';
import { findBlock } from '../../../core/throttle/store.ts';
import { calledOf, type House } from '../../../house.ts';
import { isAddress } from '../../../kernel/networks.ts';
import { secondBudget } from '../../../proving/budgets.ts';
import { browsers, havingOf, whatIf } from '../../../proving/what-if.ts';
import type { Language } from '../../../ui/language.ts';
import type { Naming } from './rule.tsx';
import type { Amiss, Answered, Asked, WhatIf } from './what-if.tsx';
import { words } from './words.ts';

/** Whom and where somebody asks about; nothing yet, where no name is given. */
export const question = z.object({
  who: z.string().trim().max(254).default(''),
  to: z.string().max(64).default('own'),
  from: z.string().trim().max(45).default(''),
  in: z.enum(browsers).default('known'),
});

/** A policy, as it is called beside another. */
export interface Under {
  readonly under: string;
  readonly policy: Policy;
}

/** The question with its answer under each policy; or with what is amiss about it. */
export async function answer(
  house: House,
  given: Asked,
  policies: readonly Under[],
  { language, address }: { language: Language; address: string },
): Promise<WhatIf> {
  const places = placesOf(house);
  const asked = given.from === '' ? { ...given, from: address } : given;
  const found = given.who === '' ? null : await look(house, asked, policies, language);
  const isAmiss = typeof found === 'string';
  return { asked, places, amiss: isAmiss ? found : null, answered: isAmiss ? null : found };
}

async function look(
  { gate, publicUrl, ...house }: House,
  { who, to, from, in: browser }: Asked,
  policies: readonly Under[],
  language: Language,
): Promise<Answered | Amiss> {
  const { read } = gate.database;
  if (!isAddress(from)) return 'noAddress';
  const place = placesOf(house).find(({ id }) => id === to);
  if (place === undefined && to !== 'own') return 'noPlace';
  const person = await findAccountByName(read, who);
  if (person === null) return 'nobody';
  const blocked = (await findBlock(read, secondBudget(person.id).key, gate.clock.now())) !== null;
  const owns = await havingOf(gate, person);
  const application = place === undefined ? null : { ...place, origin: publicUrl.origin };
  const ways: Answered['ways'][number][] = [];
  for (const { under, policy } of policies) {
    const way = await whatIf(gate, { person, owns, blocked, application, address: from, browser, policy });
    ways.push({ under, way });
  }
  return { whom: calledOf(person), place: place?.name ?? words[language].whatIf.own, ways };
}

const placesOf = ({ applications, sites }: Pick<House, 'applications' | 'sites'>) =>
  [...applications, ...sites].map(({ id, name }) => ({ id, name }));

export const namingOf = ({ gate, applications, sites }: House, language: Language): Naming => ({
  language,
  method: (id) => gate.methods.get(id)?.words[language].name ?? id,
  application: (id) => placesOf({ applications, sites }).find((place) => place.id === id)?.name ?? id,
});
