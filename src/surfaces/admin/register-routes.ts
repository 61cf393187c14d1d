import { z } from 'zod';
import { findPerson, listPeople, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { mayDo } from '../../core/roles/roles.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { newId } from '../../kernel/ids.ts';
import type { Pattern } from '../../otp/codes.ts';
import { officeOf } from '../../proving/office.ts';
import { type Came, realmsOf, registerPin, registrar } from '../../proving/registering.ts';
import { rowId } from '../fields.ts';
import { changing } from '../step-up/changing.ts';
import { reason } from './reason.ts';
import { type Case, keyPage, type Place, pinsPage, registeredPage, type Typed, wherePage } from './register.tsx';
import { words } from './register-words.ts';
import { actorOf, deskOf } from './scene.ts';

const home = '/admin/pins';
const path = '/admin/people/:person/pin';
const person = z.strictObject({ person: rowId });
type OnOne = Asked<{ person: string }>;

const pattern = {
  digits: z.enum(['6', '8']).default('6'),
  period: z.enum(['30', '60']).default('30'),
  algorithm: z.enum(['SHA1', 'SHA256', 'SHA512']).default('SHA1'),
};
const key = z.string().trim().max(256).default('');
const keyForm = z.looseObject({
  reason,
  round: rowId.or(z.literal('')).default(''),
  do: z.enum(['key', 'create', '']).default(''),
  made: z.literal('yes').optional(),
  key,
  code: z.string().max(64).default(''),
  ...pattern,
});
type KeyForm = z.output<typeof keyForm>;

/** A PIN for somebody, by a key that whoever registers it sees (S-1 to S-5, S-7): where and why first, then the key and a PIN of it. */
export function registerRoutes(house: House): readonly Route[] {
  const { gate, applications, sites } = house;
  const { read } = gate.database;
  const names = new Map([...applications, ...sites].map(({ id, name }) => [id, name]));
  const places = new Map(
    realmsOf(gate).map(({ id, name, ownMark }): [string, Place] => {
      const inIt = gate.realms.find((realm) => realm.id === id)?.applications ?? [];
      return [id, { field: `at.${id}`, name, ownMark, applications: inIt.map((one) => names.get(one) ?? one) }];
    }),
  );
  const all = [...places.values()];
  const onlyKnown = z.strictObject({
    ...keyForm.shape,
    ...Object.fromEntries(all.map(({ field }) => [field, z.literal('yes').optional()])),
  });

  async function one(asked: OnOne): Promise<Person> {
    const found = await findPerson(read, asked.params.person as AccountId, gate.clock.now());
    if (found === null || !mayDo(await actorOf(house, asked), 'register-pin', found))
      throw new Problem('not-found', 'nobody to register');
    return found;
  }

  const thereOf = async ({ id }: Person): Promise<readonly Place[]> =>
    (await registrar(gate).registering.where(read, id)).flatMap((realm) => places.get(realm) ?? []);

  const caseOf = (
    found: Person,
    chosen: readonly Place[],
    { reason: why = '', round = newId<'round'>(gate.chance) as string } = {},
  ): Case => ({
    whom: calledOf(found),
    back: `/admin/people/${found.id}`,
    places: all,
    chosen,
    reason: why,
    round,
  });

  async function where(asked: OnOne, given: Case, hindrance: 'why' | 'where' | 'two-hands' | null): Promise<Answer> {
    const there = await thereOf(await one(asked));
    return { is: 'page', page: wherePage(await deskOf(house, asked, home), given, { there, hindrance }) };
  }

  async function ofKey(asked: OnOne, given: Case, form: KeyForm, wrong: Typed['wrong'] = null): Promise<Answer> {
    const { registering } = registrar(gate);
    const { username } = await one(asked);
    const isMade = form.do === 'key' || form.made === 'yes';
    const shown = form.do === 'key' ? registering.newKey() : form.key;
    const uri = isMade ? registering.uriOf(username, shown, patternIn(form)) : null;
    const typed = { ...form, key: shown, uri, wrong };
    return { is: 'page', page: keyPage(await deskOf(house, asked, home), given, typed) };
  }

  const route = { act: 'register-pin', binding: 'session', params: person } as const;
  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'register-pin',
      binding: 'session',
      query: z.object({ user: z.string().trim().max(64).default('') }),
      async answer(asked) {
        const { user: search } = asked.query;
        const wanted = { search, filter: null, after: '' };
        const { people } = search === '' ? { people: [] } : await listPeople(read, wanted, gate.clock.now());
        const actor = await actorOf(house, asked);
        const found = people.filter((some) => mayDo(actor, 'register-pin', some));
        return { is: 'page', page: pinsPage(await deskOf(house, asked, home), all, { search, found }) };
      },
    }),
    defineRoute({
      ...route,
      method: 'GET',
      path,
      answer: async (asked) => where(asked, caseOf(await one(asked), all.length === 1 ? all : []), null),
    }),
    defineRoute({
      ...route,
      method: 'GET',
      path: `${path}/done`,
      async answer(asked) {
        const found = await one(asked);
        const there = await thereOf(found);
        const given = caseOf(found, there);
        if (there.length === 0) return { is: 'redirect', to: given.back };
        return { is: 'page', page: registeredPage(await deskOf(house, asked, home), given, there) };
      },
    }),
    defineRoute({
      ...route,
      method: 'POST',
      path,
      changes: 'ways-in',
      form: onlyKnown,
      async answer(asked) {
        const { form } = asked;
        const found = await one(asked);
        const chosen = all.filter(({ field }) => (form as Record<string, unknown>)[field] === 'yes');
        const given = caseOf(found, chosen, form);
        if (chosen.length === 0) return where(asked, given, 'where');
        if (form.reason === '') return where(asked, given, 'why');
        const say = words[asked.language];
        const change = {
          act: say.where.phrase(given.whom),
          from: asked.path,
          done: `${given.back}/pin/done`,
          takesAway: false,
        };
        // What is proven is for whom, where and why: the key is made and the PIN typed after it, when there is time for both.
        // Once each time they begin: whoever is registered anew is by the same words, and with another key.
        const proven = {
          reason: form.reason,
          round: form.round,
          ...Object.fromEntries(chosen.map(({ field }) => [field, 'yes'])),
        };
        return changing(house, { ...asked, form: proven }, change, async (leave) => {
          if (form.do !== 'create') return ofKey(asked, given, form);
          const came = await registerPin(gate, officeOf(leave, form.reason), {
            account: found.id,
            typedKey: form.key,
            code: form.code,
            pattern: patternIn(form),
            realms: realmsOf(gate).filter(({ id }) => chosen.some(({ field }) => field === `at.${id}`)),
            calledThere: chosen.flatMap(({ name }) => name ?? []),
          });
          if (came === 'registered') return { is: 'redirect', to: change.done };
          if (came === 'two-hands') return where(asked, given, came);
          if (typeof came === 'string') throw new Problem('not-found', 'not theirs any more');
          return ofKey(asked, given, form, wrongOf(say.key.wrong, came));
        });
      },
    }),
  ];
}

const patternIn = ({ digits, period, algorithm }: KeyForm): Pattern => ({
  algorithm,
  digits: digits === '8' ? 8 : 6,
  period: period === '60' ? 60 : 30,
});

function wrongOf(
  say: (typeof words)['en']['key']['wrong'],
  { because, wait = 0 }: Exclude<Came, string>,
): NonNullable<Typed['wrong']> {
  const field = because === 'key' || because === 'held' ? 'key' : 'code';
  return { field, text: because === 'replayed' ? say.replayed(wait) : say[because] };
}
