import { z } from 'zod';
import { findPerson, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { type Act, mayDo } from '../../core/roles/roles.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { type Office, type Refused, resetPerson } from '../../proving/people.ts';
import { methodId, rowId } from '../fields.ts';
import { ownerOf, toldOf } from '../portal/scene.ts';
import { actPage, type Hindrance, type Intent } from './act.tsx';
import { acts, plainActs, takes } from './acts.ts';
import { seenOf } from './kept.tsx';
import { words } from './people-words.ts';
import { personPage } from './person.tsx';
import { deskOf } from './scene.ts';

const home = '/admin/people';
const person = z.strictObject({ person: rowId });
const way = person.extend({ method: methodId });
const why = z.strictObject({
  reason: z
    .string()
    .trim()
    .max(200)
    .regex(/^\P{C}*$/u)
    .default(''),
});
type OnOne = Asked<{ person: string }>;

/** One person, and what is done to them: each act has a page that asks why, and does nothing before. */
export function personRoutes(house: House): readonly Route[] {
  const { gate } = house;

  async function one(asked: OnOne, act: Act): Promise<Person> {
    const found = await findPerson(gate.database.read, asked.params.person as AccountId, gate.clock.now());
    if (found === null || !mayDo(await ownerOf(house, asked), act, found))
      throw new Problem('not-found', `nobody to ${act}`);
    return found;
  }

  async function page(asked: OnOne, intent: Intent, hindrance: Hindrance): Promise<Answer> {
    return { is: 'page', page: actPage(await deskOf(house, asked, home), intent, hindrance) };
  }

  /** A page and its form, at one address. */
  function act<Params extends { person: string }>(
    act: Act,
    path: string,
    params: z.ZodType<Params>,
    {
      say,
      work,
    }: {
      say(asked: Asked<Params>, name: string): Pick<Intent, 'title' | 'lead' | 'name' | 'takes'>;
      work(office: Office, account: AccountId, params: Params): Promise<'done' | number | Refused>;
    },
  ): readonly Route[] {
    const intentOf = async (asked: Asked<Params>): Promise<Intent> => {
      const found = await one(asked, act);
      return { ...say(asked, calledOf(found)), to: asked.path, back: `${home}/${found.id}` };
    };
    const route = { path, act, params, binding: 'session' } as const;
    return [
      defineRoute({ ...route, method: 'GET', answer: async (asked) => page(asked, await intentOf(asked), null) }),
      defineRoute({
        ...route,
        method: 'POST',
        form: why,
        async answer(asked) {
          const intent = await intentOf(asked);
          const { reason } = asked.form;
          if (reason === '') return page(asked, intent, 'why');
          const { id: actor } = await ownerOf(house, asked);
          const { person: account } = asked.params;
          const came = await work({ actor, address: asked.address, reason }, account as AccountId, asked.params);
          if (came === 'not-theirs') throw new Problem('not-found', 'not theirs any more');
          return came === 'last' ? page(asked, intent, 'last') : { is: 'redirect', to: intent.back };
        },
      }),
    ];
  }

  return [
    defineRoute({
      method: 'GET',
      path: `${home}/:person`,
      act: 'look',
      binding: 'session',
      params: person,
      async answer(asked) {
        const found = await one(asked, 'look');
        const desk = await deskOf(house, asked, home);
        return { is: 'page', page: personPage(desk, await seenOf(house, asked, desk, found), toldOf(house, asked)) };
      },
    }),
    ...plainActs.flatMap((name) =>
      act(name, `${home}/:person/${name}`, person, {
        say: ({ language }, whom) => {
          const { title, lead, name: button } = words[language].person.acts[name];
          return { title: title(whom), lead, name: button, takes: takes(name) };
        },
        work: (office, account) => acts[name](gate, office, account),
      }),
    ),
    ...act('reset', `${home}/:person/reset/:method`, way, {
      say({ language, params: { method } }, whom) {
        const { reset } = words[language].person;
        const live = gate.methods.get(method);
        if (method === 'all') return { title: reset.all(whom), lead: reset.leadAll, name: reset.name, takes: true };
        // Without a password nobody would begin; a new one is a link's to set.
        if (live === undefined || live.role === 'first') throw new Problem('not-found', `no method ${method}`);
        return { title: reset.one(live.words[language].name, whom), lead: reset.lead, name: reset.name, takes: true };
      },
      work: (office, account, { method }) => resetPerson(gate, office, account, method),
    }),
  ];
}
