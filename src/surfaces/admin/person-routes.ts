import { z } from 'zod';
import { findPerson, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { type Act, mayDo, roles } from '../../core/roles/roles.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { type Office, officeOf } from '../../proving/office.ts';
import { giveRole, type Refused, resetPerson } from '../../proving/people.ts';
import { methodId, rowId } from '../fields.ts';
import { toldOf } from '../portal/scene.ts';
import { changing } from '../step-up/changing.ts';
import { actPage, type Hindrance, type Intent } from './act.tsx';
import { acts, plainActs, takes } from './acts.ts';
import { seenOf } from './kept.tsx';
import { words } from './people-words.ts';
import { personPage } from './person.tsx';
import { reason } from './reason.ts';
import { actorOf, deskOf } from './scene.ts';

const home = '/admin/people';
const person = z.strictObject({ person: rowId });
const way = person.extend({ method: methodId });
const why = z.strictObject({ reason });
const whichRole = why.extend({ role: z.enum([...roles, 'none']) });
type OnOne = Asked<{ person: string }>;

/** What is done to somebody, at an address of its own: what its page says, and what its form does. */
interface Doing<Params extends { person: string }, Given extends { reason: string }> {
  readonly act: Act;
  readonly path: string;
  readonly params: z.ZodType<Params>;
  readonly form: z.ZodType<Given>;
  say(asked: Asked<Params>, person: Person): Omit<Intent, 'to' | 'back'>;
  work(office: Office, account: AccountId, given: { params: Params; form: Given }): Promise<'done' | number | Refused>;
}

/** One person, and what is done to them: each act has a page that asks why, and does nothing before. */
export function personRoutes(house: House): readonly Route[] {
  const { gate } = house;

  async function one(asked: OnOne, act: Act): Promise<Person> {
    const found = await findPerson(gate.database.read, asked.params.person as AccountId, gate.clock.now());
    if (found === null || !mayDo(await actorOf(house, asked), act, found))
      throw new Problem('not-found', `nobody to ${act}`);
    return found;
  }

  async function page(asked: OnOne, intent: Intent, hindrance: Hindrance): Promise<Answer> {
    return { is: 'page', page: actPage(await deskOf(house, asked, home), intent, hindrance) };
  }

  /** A page and its form, at one address. */
  function doing<Params extends { person: string }, Given extends { reason: string }>({
    act,
    path,
    params,
    form,
    say,
    work,
  }: Doing<Params, Given>): readonly Route[] {
    const intentOf = async (asked: Asked<Params>): Promise<Intent> => {
      const found = await one(asked, act);
      return { ...say(asked, found), to: asked.path, back: `${home}/${found.id}` };
    };
    const route = { path, act, params, binding: 'session' } as const;
    return [
      defineRoute({ ...route, method: 'GET', answer: async (asked) => page(asked, await intentOf(asked), null) }),
      defineRoute({
        ...route,
        method: 'POST',
        changes: 'ways-in',
        form,
        async answer(asked) {
          const intent = await intentOf(asked);
          const { reason } = asked.form;
          if (reason === '') return page(asked, intent, 'why');
          const says = words[asked.language].act.phrase(intent.title);
          const change = { act: says, from: asked.path, done: intent.back, takesAway: false };
          return changing(house, asked, change, async (leave) => {
            const came = await work(officeOf(leave, reason), asked.params.person as AccountId, asked);
            if (came === 'not-theirs') throw new Problem('not-found', 'not theirs any more');
            return came === 'last' ? page(asked, intent, 'last') : { is: 'redirect', to: intent.back };
          });
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
    ...plainActs.flatMap((act) =>
      doing({
        act,
        path: `${home}/:person/${act}`,
        params: person,
        form: why,
        say({ language }, whom) {
          const { title, ...rest } = words[language].person.acts[act];
          return { ...rest, title: title(calledOf(whom)), takes: takes(act) };
        },
        work: (office, account) => acts[act](gate, office, account),
      }),
    ),
    ...doing({
      act: 'reset',
      path: `${home}/:person/reset/:method`,
      params: way,
      form: why,
      say({ language, params: { method } }, whom) {
        const { reset } = words[language].person;
        const common = { name: reset.name, takes: true };
        if (method === 'all') return { ...common, title: reset.all(calledOf(whom)), lead: reset.leadAll };
        const live = gate.methods.get(method);
        // Without a password nobody would begin; a new one is a link's to set.
        if (live === undefined || live.role === 'first') throw new Problem('not-found', `no method ${method}`);
        return { ...common, title: reset.one(live.words[language].name, calledOf(whom)), lead: reset.lead };
      },
      work: (office, account, { params: { method } }) => resetPerson(gate, office, account, method),
    }),
    ...doing({
      act: 'give-role',
      path: `${home}/:person/role`,
      params: person,
      form: whichRole,
      say({ language }, whom) {
        const { person: say, roles: called } = words[language];
        const options = roles.map((role) => ({ value: role as string, label: called[role] }));
        const none = { value: 'none', label: say.role.none };
        const choice = { name: 'role', label: say.role.field, prompt: say.role.field };
        return {
          title: say.role.title(calledOf(whom)),
          lead: say.role.lead,
          name: say.role.name,
          choice: { ...choice, options: [...options, none], chosen: whom.role ?? none.value },
          takes: false,
        };
      },
      work: (office, account, { form: { role } }) => giveRole(gate, office, account, role === 'none' ? null : role),
    }),
  ];
}
