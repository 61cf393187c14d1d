import { type Change, findGivenTicket } from '../../core/proof-tickets/store.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import type { Answer, Asked, Route } from '../../http/route.ts';
import { ask, type Leave, leaveFor } from '../../proving/leave.ts';
import { Outrun } from '../../proving/outrun.ts';
import { signedIn } from '../portal/scene.ts';

type Changing = Omit<Change, 'path' | 'form'>;

/**
 * Makes a change to how somebody gets in if all they own was proven minutes ago, in signing in or for this very change;
 * else keeps it, sends them to prove it, and back to one press. What was made is not made again: it leads where it led.
 */
export async function changing(
  house: House,
  asked: Asked<unknown, unknown, Readonly<Record<string, string>>>,
  about: Changing,
  make: (leave: Leave) => Promise<Answer>,
): Promise<Answer> {
  const { gate } = house;
  const session = signedIn(asked);
  const here = { session, visit: await visitOf(house, asked), secret: asked.cookies.proof };
  const change = { ...about, path: asked.path, form: asked.form };
  const look = () => leaveFor(gate, here, change);
  const found = await look();
  const made = found.is === 'given' ? await make(found.leave).catch(outrun) : null;
  if (made !== null) return made;
  // Of two at once the slower looks again: it is done, or there is something to prove after all.
  const { is } = found.is === 'given' ? await look() : found;
  if (is === 'done') return { is: 'redirect', to: change.done };
  return sendToSignIn(house, asked, await ask(gate, session, change));
}

/**
 * A press that is repeated leads where it led, before its route looks at what is not there any more: the ticket is its
 * idempotency key.
 */
export const onceEach = (house: House, routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => {
    if (route.changes === undefined) return route;
    const led = (asked: Asked) => ledBefore(house, asked);
    return {
      ...route,
      answer: async (asked) =>
        (await led(asked)) ??
        route.answer(asked).catch(async (failure: unknown) => {
          const answer = await led(asked);
          if (answer === null) throw failure;
          return answer;
        }),
    };
  });

async function ledBefore({ gate }: House, asked: Asked): Promise<Answer | null> {
  const secret = asked.cookies.proof;
  if (secret === undefined) return null;
  const sent = { path: asked.path, form: asked.form as Change['form'] };
  const ticket = await findGivenTicket(gate.database.read, gate, { secret, session: signedIn(asked), sent });
  return ticket?.spent ? { is: 'redirect', to: ticket.change.done } : null;
}

function outrun(failure: unknown): null {
  if (failure instanceof Outrun) return null;
  throw failure;
}
