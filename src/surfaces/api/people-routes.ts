import { z } from 'zod';
import { filters, findPerson, listPeople, type Person } from '../../core/accounts/people.ts';
import type { AccountId } from '../../core/accounts/store.ts';
import { listDevices } from '../../core/browsers/remembered.ts';
import { listSeen } from '../../core/browsers/store.ts';
import { type Act, roles } from '../../core/roles/roles.ts';
import { listSessions } from '../../core/sessions/store.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { dateOf, hours, type Instant } from '../../kernel/clock.ts';
import { forgottenBudget, programBudget } from '../../proving/budgets.ts';
import { chargeAll } from '../../proving/charging.ts';
import { type Office, officeOfProgram } from '../../proving/office.ts';
import { waysOf } from '../../proving/owned.ts';
import { type Refused, resetPerson } from '../../proving/people.ts';
import { noteReading, noteRefused } from '../../proving/reading.ts';
import { acts, plainActs } from '../admin/acts.ts';
import { reason } from '../admin/reason.ts';
import { afterPerson, methodId, rowId } from '../fields.ts';
import { callerIn } from './caller.ts';

const home = '/api/v1/people';

const moment = z.iso.datetime().nullable();
const summary = z.strictObject({
  id: rowId,
  username: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  groups: z.array(z.string()),
  role: z.enum(roles).nullable(),
  disabled: z.boolean(),
  locked: z.boolean().describe('Some of their answers are not looked at for now.'),
  secondFactor: z.boolean().describe('They have set one up.'),
  addedAt: moment,
  seenAt: moment.describe('When they last signed in, in a browser that is known.'),
});
const whole = summary.extend({
  methods: z.array(
    z.strictObject({
      method: methodId,
      label: z.string().nullable(),
      addedAt: moment,
      lastUsedAt: moment,
    }),
  ),
  sessions: z.int().describe('Where they are signed in; a hundred at most are counted.'),
  rememberedDevices: z.int(),
});
const page = z.strictObject({
  people: z.array(summary),
  next: z.string().nullable().describe('Where the next page begins; null at the end.'),
});

/** Why, in a few words: it is written down, and nothing is done without. */
const why = z.strictObject({
  reason: reason.unwrap().min(1).describe('Why: it is written into the log.'),
});
const which = why.extend({
  method: z.union([z.literal('all'), methodId]).describe('Which one, or all that are not the first.'),
});
const person = z.strictObject({ person: rowId });
const done = z.strictObject({ done: z.literal(true) });

// biome-ignore format: a table reads in columns
const summaries = {
  unlock:     'Forgets their wrong answers: they can try again at once.',
  'sign-out': 'Signs them out everywhere.',
  disable:    'Signs them out everywhere and lets them in nowhere.',
  enable:     'Lets them in again.',
} as const satisfies Record<(typeof plainActs)[number], string>;

/** People, for programs that look after them (`docs/adr/0046`): the same acts as on the pages, and never upon whoever has a role. */
export function peopleRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { read } = gate.database;

  /** Written down before anything of it is seen: somebody, whoever was searched for, or everybody. */
  const noted = (asked: Asked, what: 'read' | 'exported', account: AccountId | null = null): Promise<void> =>
    noteReading(gate, officeOfProgram(callerIn(asked), asked.address), {
      event: `people.${what}`,
      account,
      detail: {},
    });

  async function seenOf(people: readonly Person[]): Promise<ReadonlyMap<string, Instant>> {
    const ids = people.map(({ id }) => id);
    return listSeen(read, ids);
  }

  /** Charged before it is done: of what is refused, too, somebody may only try so much. */
  async function upon(
    asked: Asked<{ person: string }, unknown, { reason: string }>,
    { act, forgets }: { act: Act; forgets: boolean },
    work: (office: Office, account: AccountId) => Promise<'done' | number | Refused>,
  ): Promise<Answer> {
    const caller = callerIn(asked);
    const account = asked.params.person as AccountId;
    const now = gate.clock.now();
    const whole = programBudget(caller.name, now);
    const { blockedUntil, failures } = await chargeAll(gate, [whole, ...(forgets ? [forgottenBudget(account)] : [])]);
    if (blockedUntil !== null) {
      // The program's hour is one of the clock, and ends with it.
      const until = failures.has(whole) ? blockedUntil : nextHour(now);
      throw new Problem('too-many-requests', caller.name, [], until - now);
    }
    const office = officeOfProgram(caller, asked.address, asked.form.reason);
    const came = await work(office, account);
    if (came === 'not-theirs' || came === 'last') {
      await noteRefused(gate, office, act);
      throw new Problem('not-found', 'nobody of that id without a role');
    }
    return { is: 'json', body: { done: true } };
  }

  return [
    defineRoute({
      method: 'GET',
      path: home,
      binding: 'bearer',
      scope: 'people:read',
      doc: { summary: 'Lists people by user name, fifty at a time.', answers: page },
      query: z.strictObject({
        search: z.string().trim().max(64).default('').describe('The beginning of a name or an address.'),
        filter: z.enum(filters).nullable().default(null).describe('Whom to list; everybody, when left out.'),
        after: afterPerson.describe('`next` of the page before.'),
      }),
      async answer(asked) {
        await noted(asked, asked.query.search === '' ? 'exported' : 'read');
        const { people, next } = await listPeople(read, asked.query, gate.clock.now());
        const seen = await seenOf(people);
        return { is: 'json', body: { people: people.map((one) => told(one, seen)), next } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: `${home}/:person`,
      binding: 'bearer',
      scope: 'people:read',
      params: person,
      doc: {
        summary: 'One of them, with what they have set up; no secret is in it.',
        answers: whole,
        refuses: ['not-found'],
      },
      async answer(asked) {
        const found = await findPerson(read, asked.params.person as AccountId, gate.clock.now());
        if (found === null) throw new Problem('not-found', 'no such person');
        await noted(asked, 'read', found.id);
        const ways = [...(await waysOf(gate, found, asked.address))];
        const now = gate.clock.now();
        const { sessions } = await gate.policy(read);
        const body = {
          ...told(found, await seenOf([found])),
          methods: ways.flatMap(([{ id: method }, credentials]) =>
            credentials.map(({ label, bound, lastUsedAt }) => ({
              method,
              label,
              addedAt: textOf(bound.at),
              lastUsedAt: textOf(lastUsedAt),
            })),
          ),
          sessions: (await listSessions(read, sessions, found.id, now)).length,
          rememberedDevices: (await listDevices(read, found.id, now)).length,
        };
        return { is: 'json', body };
      },
    }),
    ...plainActs.map((act) =>
      defineRoute({
        method: 'POST',
        path: `${home}/:person/${act}`,
        binding: 'bearer',
        scope: 'people:act',
        params: person,
        form: why,
        doc: { summary: summaries[act], answers: done, refuses: ['not-found', 'too-many-requests'] },
        answer: (asked) =>
          upon(asked, { act, forgets: act === 'unlock' }, (office, account) => acts[act](gate, office, account)),
      }),
    ),
    defineRoute({
      method: 'POST',
      path: `${home}/:person/reset`,
      binding: 'bearer',
      scope: 'people:methods',
      params: person,
      form: which,
      doc: {
        summary: 'Takes a way to sign in from them, or all but the first; they set it up anew.',
        answers: done,
        refuses: ['not-found', 'too-many-requests'],
      },
      answer(asked) {
        const { method } = asked.form;
        if (method !== 'all' && (gate.methods.get(method)?.role ?? 'first') === 'first')
          throw new Problem('bad-request', `no method ${method} that is reset`);
        const reset = { act: 'reset', forgets: true } as const;
        return upon(asked, reset, (office, account) => resetPerson(gate, office, account, method));
      },
    }),
  ];
}

const nextHour = (now: Instant): Instant => ((Math.floor(now / hours(1)) + 1) * hours(1)) as Instant;

const textOf = (at: Instant | null): string | null => (at === null ? null : dateOf(at).toISOString());

const told = (one: Person, seen: ReadonlyMap<string, Instant>): z.output<typeof summary> => ({
  id: one.id,
  username: one.username,
  email: one.email,
  name: one.name,
  groups: [...one.groups],
  role: one.role,
  disabled: one.disabledAt !== null,
  locked: one.isLocked,
  secondFactor: one.hasSecond,
  addedAt: textOf(one.createdAt),
  seenAt: textOf(seen.get(one.id) ?? null),
});
