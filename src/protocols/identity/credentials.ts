import { type ZodType, z } from 'zod';
import { type Account, findAccount } from '../../core/accounts/store.ts';
import { findSpoken, type Purpose } from '../../core/attempts/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import type { Step } from '../../flow/table.ts';
import { visitOf } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import { dateOf } from '../../kernel/clock.ts';
import { mark } from '../../kernel/seal.ts';
import type { Form } from '../../methods/method.ts';
import { removeMethod } from '../../proving/acts.ts';
import { wouldPass } from '../../proving/begin.ts';
import type { Visit } from '../../proving/gate.ts';
import { type Leave, leaveFor } from '../../proving/leave.ts';
import { Outrun } from '../../proving/outrun.ts';
import { mayChange } from '../../proving/owned.ts';
import { purposeOf } from '../../proving/purposes.ts';
import { enrol, setUpNow } from '../../proving/run.ts';
import type { Shown } from '../oidc/shown.ts';
import { type Call, type Called, defineCall, type IdentityHouse } from './call.ts';
import { Refused } from './errors.ts';
import { beginHeld, heldBy, saidIn } from './held.ts';
import { type Kind, kindsIn } from './kinds.ts';
import { byMfaToken, sessionOf } from './shown.ts';

/** Where codes go: how that is said when it is set up. */
interface Place<Input> {
  readonly name: string;
  readonly input: ZodType<Input>;
  readonly sent: string;
  form(account: Account, input: Input): Form;
}

/** To the address of their account: the vendor's client names none. */
const mail: Place<unknown> = {
  name: 'email',
  input: z.object({}),
  sent: 'email_sent',
  form: ({ email }) => ({ address: email ?? '' }),
};

const phone: Place<{ readonly phone_number: string }> = {
  name: 'sms',
  input: z.object({ phone_number: z.string().regex(/^\+[1-9]\d{5,14}$/, { error: 'as E.164 has it' }) }),
  sent: 'sms_sent',
  // A number that begins with its country is read the same whichever the form names beside it.
  form: (_, { phone_number: number }) => ({ country: 'DE', number }),
};

type Changing = Called<unknown, Shown>;

export const listCredentials = defineCall({
  input: z.object({}),
  who: byMfaToken,
  async answer({ gate }, { who }) {
    const listed = kindsIn(gate).map(async ({ name, method, sentTo }) => {
      const mine = sentTo === null ? [] : await gate.methods.get(method)?.list(gate.database.read, who.account);
      return (mine ?? []).map(({ label, bound }) => ({
        type: name,
        // As much as tells one's own: no page of an application learns the rest.
        [sentTo ?? '']: label,
        friendly_name: label,
        created_at: dateOf(bound.at).toISOString(),
      }));
    });
    return { body: { credentials: (await Promise.all(listed)).flat() } };
  },
});

/** Sends a code to where codes are to go from now on; once more, if it is asked for by the same access token. */
const start = <Input>({ name, input, sent, form }: Place<Input>): Call =>
  defineCall({
    changes: 'ways-in',
    input,
    who: byMfaToken,
    async answer(house, called: Called<Input, Shown>) {
      const { asked, who } = called;
      const { gate } = house;
      const kind = kindNamed(house, name);
      const owner = await ownerOf(house, who);
      const secret = secretOf(house, asked, kind);
      if ((await findSpoken(gate.database.read, gate, secret)) === null) {
        const purpose = { ...changeOf(house, kind), spoken: { origin: called.origin, browser: null, request: null } };
        const prover = await proverOf(house, called, purpose, (step) => setUpNow(step, gate) === kind.method);
        await beginHeld(house, called, {
          purpose,
          session: null,
          proven: prover.session,
          browserSecret: secret,
        });
      }
      const ran = await enrol(await heldBy(house, asked, secret), kind.method, {
        ...form(owner, called.input),
        send: '',
      });
      if (ran.is !== 'begun') throw saidIn(await heldBy(house, asked, secret));
      return { body: { status: sent } };
    },
  });

const verify = ({ name }: Pick<Place<unknown>, 'name'>): Call =>
  defineCall({
    changes: 'ways-in',
    input: z.object({ verification_code: z.string().max(64) }),
    who: byMfaToken,
    async answer(house, { asked, input }) {
      const kind = kindNamed(house, name);
      const secret = secretOf(house, asked, kind);
      const ran = await enrol(await heldBy(house, asked, secret), kind.method, { code: input.verification_code });
      if (ran.is !== 'on') throw saidIn(await heldBy(house, asked, secret));
      return {};
    },
  });

/** There is one of each: whatever number the client names, it is that. */
const remove = ({ name }: Pick<Place<unknown>, 'name'>): Call =>
  defineCall({
    changes: 'ways-in',
    input: z.looseObject({}),
    who: byMfaToken,
    async answer(house, called) {
      const { gate } = house;
      const { method } = kindNamed(house, name);
      const owner = await ownerOf(house, called.who);
      if (!(await mayChange(gate, owner, called.asked.address))) throw new Refused('elsewhere', 'not theirs to change');
      const [mine] = (await gate.methods.get(method)?.list(gate.database.read, owner.id)) ?? [];
      if (mine === undefined) throw new Refused('no-such-thing', 'nothing of the kind is set up');
      const leave = await leaveToRemove(house, called);
      const came = await removeMethod(gate, leave, { method, credential: mine.id }).catch(asNotEnough);
      if (came === 'needed') throw new Refused('needed', 'a rule asks for it');
      return {};
    },
  });

export const [startMail, verifyMail, removeMail] = [start(mail), verify(mail), remove(mail)];
export const [startPhone, verifyPhone, removePhone] = [start(phone), verify(phone), remove(phone)];

function kindNamed({ gate }: IdentityHouse, name: string): Kind {
  const kind = kindsIn(gate).find((one) => one.name === name);
  if (kind === undefined) throw new Refused('no-such-way', 'not switched on here');
  return kind;
}

async function ownerOf({ gate }: IdentityHouse, { account }: Shown): Promise<Account> {
  const owner = await findAccount(gate.database.read, account);
  if (owner === null) throw new Refused('no-access-token', 'nobody');
  return owner;
}

/** What is set up belongs to the access token that asked for it: the client names nothing when it brings the code. */
const secretOf = ({ gate }: IdentityHouse, { sender }: Asked, { name }: Kind): string =>
  mark(gate.ring, 'identity-set-up', sender.token ?? '', name);

const changeOf = ({ gate }: IdentityHouse, { method }: Kind): Purpose =>
  purposeOf(gate, { act: null, wanted: method, returnTo: '/account', takesAway: false });

/** No ticket comes along: the sign-in itself has to be that young, and the token that was given for it. */
async function leaveToRemove(house: IdentityHouse, called: Changing): Promise<Leave> {
  const { gate } = house;
  const purpose = purposeOf(gate, { act: null, wanted: null, returnTo: '/account', takesAway: true });
  const { session, visit } = await proverOf(house, called, purpose, ({ screen }) => screen === 'done');
  const change = { path: called.asked.path, form: {}, act: '', takesAway: true, from: '/account', done: '/account' };
  const answered = await leaveFor(gate, { session, visit, secret: undefined }, change);
  if (answered.is !== 'given') throw notEnough();
  return answered.leave;
}

/** What was enough when it was looked at is not any more. */
const asNotEnough = (failure: unknown): never => {
  throw failure instanceof Outrun ? notEnough() : failure;
};

const notEnough = () => new Refused('not-enough', 'all they own is to be proven first, minutes ago');

/**
 * Whoever proved for this very access token what such a change takes on a page of ours: all they own, minutes ago. What
 * their session has proven since in other hands is not enough. @throws Refused
 */
async function proverOf(
  house: IdentityHouse,
  { asked, who }: Changing,
  purpose: Purpose,
  suffices: (step: Step) => boolean,
): Promise<{ session: Session; visit: Visit }> {
  const session = await sessionOf(house, who);
  const visit = { ...(await visitOf(house, asked)), session: session.id };
  const { step, facts } = await wouldPass(house.gate, { session, purpose, visit });
  const isTheirs = who.level >= facts.required && who.provenAt >= (purpose.ask.notBefore ?? 0);
  if (!isTheirs || !suffices(step)) throw notEnough();
  return { session, visit };
}
