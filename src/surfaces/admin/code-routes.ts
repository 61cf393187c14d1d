import { z } from 'zod';
import { findPerson, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { mayDo } from '../../core/roles/roles.ts';
import { awaitsNumber, lifetime } from '../../core/temporary-codes/store.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { shift } from '../../kernel/clock.ts';
import { officeOf } from '../../proving/office.ts';
import { checkNumber, giveCode, type Hindrance, sendNumber } from '../../proving/temporary-codes.ts';
import { noFields, rowId } from '../fields.ts';
import { ownerOf } from '../portal/scene.ts';
import { changing } from '../step-up/changing.ts';
import { callPage, codePage } from './code.tsx';
import { words } from './code-words.ts';
import { reason } from './reason.ts';
import { actorOf, deskOf } from './scene.ts';

const home = '/admin/people';
const path = `${home}/:person/code`;
const person = z.strictObject({ person: rowId });
type OnOne = Asked<{ person: string }>;

/** A temporary code for whoever calls: the number first, then the code, shown once. */
export function codeRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const route = { act: 'give-code', binding: 'session', params: person } as const;

  async function one(asked: OnOne): Promise<Person> {
    const found = await findPerson(gate.database.read, asked.params.person as AccountId, gate.clock.now());
    if (found === null || !mayDo(await actorOf(house, asked), 'give-code', found))
      throw new Problem('not-found', 'nobody to give a code');
    return found;
  }

  async function page(asked: OnOne, hindrance: Hindrance | 'why' | null, typed = ''): Promise<Answer> {
    const found = await one(asked);
    const desk = await deskOf(house, asked, home);
    const isSent = await awaitsNumber(gate.database.read, desk.id, found.id, gate.clock.now());
    const call = { whom: calledOf(found), address: found.email ?? '', back: `${home}/${found.id}`, isSent, typed };
    const cannot = found.email === null ? 'unreachable' : !found.hasSecond ? 'nothing-lost' : null;
    return { is: 'page', page: callPage(desk, call, cannot ?? hindrance) };
  }

  /** Whoever asks, as they stand there: no change is made by it. */
  async function officeAt(asked: OnOne) {
    const { id: actor } = await ownerOf(house, asked);
    return { actor, address: asked.address };
  }

  return [
    defineRoute({ ...route, method: 'GET', path, answer: (asked) => page(asked, null) }),
    // Where whoever proved that it is they comes back to.
    defineRoute({
      ...route,
      method: 'GET',
      path: `${path}/number`,
      answer: (asked) => page(asked, null),
    }),
    defineRoute({
      ...route,
      method: 'POST',
      path: `${path}/number`,
      form: noFields,
      async answer(asked) {
        const { id } = await one(asked);
        const came = await sendNumber(gate, await officeAt(asked), id);
        if (came === 'not-theirs' || came === 'last') throw new Problem('not-found', 'not theirs any more');
        return came === 'done' ? { is: 'redirect', to: `${home}/${id}/code` } : page(asked, came);
      },
    }),
    defineRoute({
      ...route,
      method: 'POST',
      path,
      changes: 'ways-in',
      form: z.strictObject({ number: z.string().max(64), reason }),
      async answer(asked) {
        const found = await one(asked);
        const { number, reason: why } = asked.form;
        if (why === '') return page(asked, 'why');
        const back = `${home}/${found.id}`;
        const say = words[asked.language];
        const change = { act: say.phrase(calledOf(found)), from: asked.path, done: back, takesAway: false };
        return changing(house, asked, change, async (leave) => {
          // Looked at before the leave is spent: a wrong one is counted, and costs no proof.
          if ((await checkNumber(gate, await officeAt(asked), found.id, number)) !== 'right')
            return page(asked, 'wrong', why);
          const came = await giveCode(gate, officeOf(leave, why), found.id, number);
          if (came === 'not-theirs' || came === 'last') throw new Problem('not-found', 'not theirs any more');
          if (typeof came === 'string') return page(asked, came, why);
          const now = gate.clock.now();
          const shown = { code: came.code, until: shift(now, lifetime), now };
          const desk = await deskOf(house, asked, home);
          return { is: 'page', page: codePage(desk, { whom: calledOf(found), back }, shown) };
        });
      },
    }),
  ];
}
