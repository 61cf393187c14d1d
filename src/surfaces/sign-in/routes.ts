import { z } from 'zod';
import { type Attempt, type AttemptId, findAttempt, findPurpose, type Purpose } from '../../core/attempts/store.ts';
import { cookiesOf, frameOf, type House, sendToSignIn, visitOf } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { choose, identify, startAgain } from '../../proving/begin.ts';
import type { Ran } from '../../proving/consequences.ts';
import type { Turn } from '../../proving/gate.ts';
import type { Passed } from '../../proving/let-through.ts';
import { goOnAs } from '../../proving/opting.ts';
import { accountPage, recovers } from '../../proving/purposes.ts';
import { waitInstead } from '../../proving/recovery.ts';
import { answerOffer, enrol, goOn, prove } from '../../proving/run.ts';
import { excuse } from '../../proving/temporary-codes.ts';
import { type Language, languageOf } from '../../ui/language.ts';
import { methodFields, methodId, noFields, rowId } from '../fields.ts';
import { gonePage, waitingPage } from './pages.tsx';
import { leadsTo, show, showTemporaryCode } from './show.tsx';

const named = z.strictObject({ attempt: rowId });
const withMethod = named.extend({ method: methodId });

/** The sign-in pages: one address for each attempt, one for each thing that can be done there. */
export function signInRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const at = (attempt: Pick<Attempt, 'id'>): Answer => ({ is: 'redirect', to: `/sign-in/${attempt.id}` });

  /** Finds the attempt in this browser and does something with it; if it is gone, says how to begin again. */
  const during = async (asked: Asked<{ attempt: string }>, act: (turn: Turn) => Promise<Answer>): Promise<Answer> => {
    const secret = asked.cookies.attempt ?? '';
    const attempt = await findAttempt(gate.database.read, gate, asked.params.attempt as AttemptId, secret);
    if (attempt !== null) {
      const visit = await visitOf(house, { ...asked, language: spokenBy(asked, attempt) });
      return act({ gate, attempt, secret, visit });
    }
    const again = `/sign-in?again=${asked.params.attempt}`;
    return { is: 'page', status: 410, page: gonePage(frameOf(house, asked, again), again) };
  };

  /** What they chose here, else what the application says, else what the browser says. */
  const spokenBy = ({ cookies, language }: Asked, { purpose: { languages } }: Attempt): Language =>
    cookies.language !== undefined || !languages?.length ? language : languageOf(languages);

  const after = (attempt: Attempt, ran: Ran): Answer => {
    if (ran.is === 'on') return onwards(attempt, ran.passed);
    if (ran.is === 'left') return { is: 'redirect', to: ran.to };
    return ran.is === 'begun' && ran.leaveFor !== null ? { is: 'redirect', to: ran.leaveFor } : at(attempt);
  };

  /** What they came for to a page that is over. */
  const begunBefore = async (again: string | undefined, secret = ''): Promise<Purpose | null> =>
    again === undefined ? null : findPurpose(gate.database.read, again as AttemptId, secret);

  return [
    defineRoute({
      method: 'GET',
      path: '/sign-in',
      binding: 'none',
      query: z.strictObject({
        again: z.string().max(64).optional(),
        // A page of an account, else the account itself: whoever made up another place does not get there.
        to: z
          .string()
          .transform((path) => (/^\/account[\w/-]*$/.test(path) ? path : undefined))
          .optional(),
      }),
      async answer({ query, cookies, session, address }) {
        const before = await begunBefore(query.again, cookies.attempt);
        if (before !== null && recovers(gate, before)) return { is: 'redirect', to: '/recover' };
        // A link that was handed to them is used up.
        const earlier = before?.ticket === undefined ? before : null;
        const purpose = earlier ?? accountPage(query.to ?? '/account');
        if (earlier === null && session !== null) return { is: 'redirect', to: purpose.returnTo };
        return sendToSignIn(house, { cookies, session, address }, purpose);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/sign-in/:attempt',
      binding: 'attempt',
      params: named,
      answer: (asked) => during(asked, ({ attempt, visit }) => show(house, asked, attempt, visit)),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/identify',
      binding: 'attempt',
      params: named,
      form: z.strictObject({ username: z.string().trim().min(1).max(254) }),
      answer: (asked) =>
        during(asked, async (turn) => {
          if (!turn.attempt.identified) await identify(turn, asked.form.username);
          return at(turn.attempt);
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/prove/:method',
      binding: 'attempt',
      params: withMethod,
      form: methodFields,
      answer: (asked) =>
        during(asked, async (turn) => after(turn.attempt, await prove(turn, asked.params.method, asked.form))),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/set-up/:method',
      binding: 'attempt',
      params: withMethod,
      form: methodFields,
      answer: (asked) =>
        during(asked, async (turn) => after(turn.attempt, await enrol(turn, asked.params.method, asked.form))),
    }),
    // Back from a provider's own page: what it says is an answer, to whatever is asked there now.
    defineRoute({
      method: 'GET',
      path: '/sign-in/:attempt/return/:method',
      binding: 'attempt',
      params: withMethod,
      query: methodFields,
      answer: (asked) =>
        during(asked, async (turn) => {
          const ran = await prove(turn, asked.params.method, asked.query);
          return after(turn.attempt, ran.is === 'stale' ? await enrol(turn, asked.params.method, asked.query) : ran);
        }),
    }),
    // Whoever this browser is kept for says how they go on.
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/welcome',
      binding: 'attempt',
      params: named,
      form: z.strictObject({ way: z.enum(['continue', 'usual', 'not-you']) }),
      answer: (asked) => during(asked, async (turn) => goOnAs(turn, asked.form.way).then(() => at(turn.attempt))),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/offer/:offer',
      binding: 'attempt',
      params: named.extend({ offer: z.enum(['passkey', 'passwordless']) }),
      form: z.strictObject({ answer: z.enum(['yes', 'no', 'never']) }),
      answer: (asked) =>
        during(asked, async (turn) =>
          after(turn.attempt, await answerOffer(turn, asked.params.offer, asked.form.answer)),
        ),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/choose',
      binding: 'attempt',
      params: named,
      form: z.strictObject({ method: methodId }),
      answer: (asked) => during(asked, async (turn) => choose(turn, asked.form.method).then(() => at(turn.attempt))),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/other-way',
      binding: 'attempt',
      params: named,
      form: noFields,
      answer: (asked) => during(asked, async (turn) => choose(turn, null).then(() => at(turn.attempt))),
    }),
    // What the help desk has read out, in place of what is not at hand.
    defineRoute({
      method: 'GET',
      path: '/sign-in/:attempt/temporary-code',
      binding: 'attempt',
      params: named,
      answer: (asked) =>
        during(asked, async ({ attempt, visit }) => {
          const page = await showTemporaryCode(house, asked, attempt, visit);
          return page === null ? at(attempt) : { is: 'page', page, formTargets: leadsTo(attempt) };
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/temporary-code',
      binding: 'attempt',
      params: named,
      form: z.strictObject({ code: z.string().max(64) }),
      answer: (asked) =>
        during(asked, async (turn) => {
          const ran = await excuse(turn, asked.form.code);
          return ran.is === 'refused'
            ? { is: 'redirect', to: `/sign-in/${turn.attempt.id}/temporary-code` }
            : after(turn.attempt, ran);
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/start-again',
      binding: 'attempt',
      params: named,
      form: noFields,
      answer: (asked) =>
        during(asked, async ({ attempt }) => {
          const elsewhere = await startAgain(gate, attempt);
          return elsewhere === null ? at(attempt) : { is: 'redirect', to: elsewhere };
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/wait',
      binding: 'attempt',
      params: named,
      form: noFields,
      answer: (asked) =>
        during(asked, async (turn) => {
          const until = await waitInstead(turn, asked.language);
          if (until === null) return at(turn.attempt);
          const time = { language: asked.language, at: until, now: gate.clock.now() };
          return { is: 'page', page: waitingPage(frameOf(house, asked, '/sign-in'), time) };
        }),
    }),
    defineRoute({
      method: 'POST',
      path: '/sign-in/:attempt/continue',
      binding: 'attempt',
      params: named,
      form: noFields,
      answer: (asked) => during(asked, async (turn) => after(turn.attempt, await goOn(turn))),
    }),
  ];
}

/** Through, with a session; or on to the next page of the same attempt, under a new secret. */
const onwards = (attempt: Pick<Attempt, 'id'>, passed: Passed): Answer => ({
  is: 'redirect',
  to: passed.returnTo ?? `/sign-in/${attempt.id}`,
  cookies: { attempt: passed.attemptSecret, ...cookiesOf(passed) },
});
