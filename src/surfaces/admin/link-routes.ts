import { z } from 'zod';
import { isMailAddress, isUsername } from '../../core/accounts/names.ts';
import { findPerson, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { mayDo } from '../../core/roles/roles.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { shift } from '../../kernel/clock.ts';
import { invitePerson, lifetime, linkPerson, settable } from '../../proving/enrolment.ts';
import { officeOf } from '../../proving/office.ts';
import type { NewPerson } from '../../proving/people.ts';
import { rowId } from '../fields.ts';
import { changing } from '../step-up/changing.ts';
import { actPage } from './act.tsx';
import { addPage, linkPage, type Typed } from './link.tsx';
import { words } from './link-words.ts';
import { reason } from './reason.ts';
import { actorOf, deskOf } from './scene.ts';

const home = '/admin/people';
const person = z.strictObject({ person: rowId });
const line = z.string().trim().max(254).default('');
type OnOne = Asked<{ person: string }>;

/** Links that are handed to somebody, and people who are added with one. */
export function linkRoutes(house: House): readonly Route[] {
  const { gate } = house;

  async function one(asked: OnOne): Promise<Person> {
    const found = await findPerson(gate.database.read, asked.params.person as AccountId, gate.clock.now());
    if (found === null || !mayDo(await actorOf(house, asked), 'give-link', found))
      throw new Problem('not-found', 'nobody to give a link');
    return found;
  }

  async function choice(asked: OnOne, hindrance: 'why' | 'two-hands' | null, chosen = ''): Promise<Answer> {
    const found = await one(asked);
    const say = words[asked.language];
    const options = settable(gate).map((method) => ({ value: method.id, label: method.words[asked.language].name }));
    const intent = {
      title: say.title(calledOf(found)),
      lead: hindrance === 'two-hands' ? say.hindered[hindrance] : say.lead,
      name: say.go,
      choice: { name: 'method', label: say.field, prompt: say.prompt, options, chosen },
      takes: false,
      to: asked.path,
      back: `${home}/${found.id}`,
    };
    const why = hindrance === 'why' ? hindrance : null;
    return { is: 'page', page: actPage(await deskOf(house, asked, home), intent, why) };
  }

  async function add(asked: Asked, typed: Typed, hindrance: 'why' | 'taken' | 'malformed' | null): Promise<Answer> {
    return { is: 'page', page: addPage(await deskOf(house, asked, home), typed, hindrance) };
  }

  async function handed(asked: Asked, given: { whom: string; to: string; back: string }): Promise<Answer> {
    const now = gate.clock.now();
    const page = linkPage(await deskOf(house, asked, home), { ...given, until: shift(now, lifetime), now });
    return { is: 'page', page };
  }

  const linked = { act: 'give-link', binding: 'session', params: person, path: `${home}/:person/link` } as const;
  const added = { act: 'add', binding: 'session', path: `${home}/add` } as const;
  return [
    defineRoute({ ...added, method: 'GET', answer: (asked) => add(asked, nobody, null) }),
    defineRoute({
      ...added,
      method: 'POST',
      changes: 'ways-in',
      form: z.strictObject({ username: line, email: line, name: line, groups: line, reason }),
      async answer(asked) {
        const { form } = asked;
        if (form.reason === '') return add(asked, form, 'why');
        const newcomer = personIn(form);
        if (newcomer === null) return add(asked, form, 'malformed');
        const say = words[asked.language].add;
        const change = { act: say.phrase(newcomer.username), from: asked.path, done: home, takesAway: false };
        return changing(house, asked, change, async (leave) => {
          const came = await invitePerson(gate, officeOf(leave, form.reason), newcomer);
          if (came === 'taken') return add(asked, form, 'taken');
          if (typeof came === 'string') throw new Problem('not-found', 'not theirs any more');
          return handed(asked, { whom: newcomer.name, to: came.to, back: `${home}/${came.account}` });
        });
      },
    }),
    defineRoute({ ...linked, method: 'GET', answer: (asked) => choice(asked, null) }),
    defineRoute({
      ...linked,
      method: 'POST',
      changes: 'ways-in',
      form: z.strictObject({ method: z.string().max(64), reason }),
      async answer(asked) {
        const found = await one(asked);
        const { method, reason: why } = asked.form;
        if (!settable(gate).some(({ id }) => id === method)) throw new Problem('bad-request', 'no such method');
        if (why === '') return choice(asked, 'why', method);
        const back = `${home}/${found.id}`;
        const act = words[asked.language].phrase(calledOf(found));
        return changing(house, asked, { act, from: asked.path, done: back, takesAway: false }, async (leave) => {
          const came = await linkPerson(gate, officeOf(leave, why), found.id, method);
          if (came === 'two-hands') return choice(asked, came, method);
          if (typeof came === 'string') throw new Problem('not-found', 'not theirs any more');
          return handed(asked, { whom: calledOf(found), to: came.to, back });
        });
      },
    }),
  ];
}

const nobody: Typed = { username: '', email: '', name: '', groups: '', reason: '' };

/** @returns null when it is no name or no address */
function personIn({ username, email, name, groups }: Typed): NewPerson | null {
  if (!isUsername(username) || (email !== '' && !isMailAddress(email))) return null;
  const named = groups.split(',').map((group) => group.trim());
  return {
    username,
    email: email === '' ? null : email,
    name: name === '' ? username : name,
    groups: [...new Set(named.filter((group) => group !== ''))],
  };
}
