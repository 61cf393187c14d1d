import { minutes, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Database } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { Memo } from '../../store/memo.ts';
import type { View } from '../../ui/view.ts';
import type { AuthApi, Status } from './auth-api.ts';
import { codePage, registerPage, scanPage, sendPage, settledPage, troublePage, waitPage } from './pages.tsx';
import { type Factor, numberIn, passcodeKind, tidy } from './rules.ts';
import { freeSlot, settlePush, takeSlot } from './store.ts';
import { type Answered, refused, type Way, type Whom, withoutAnswer } from './way.ts';

const factorOf = { push: 'duo_push', phone: 'phone_call' } as const;

/** Pages of ours over Duo's Auth API: a push after a click (never by itself), a call, passcodes. */
export function pushes({ database, chance, clock }: Means, api: AuthApi, allowed: readonly Factor[]): Way {
  const { page, answer, withdraw } = waiting(database, api);
  const { introduce, register, look } = registering(api, allowed);

  /** One outstanding, three an hour: room is made before anything is sent. */
  async function inTurn(whom: Whom, send: (push: string) => Promise<Answered>): Promise<Answered> {
    const push = newId<'push'>(chance);
    const at = clock.now();
    const wait = await database.transaction((tx) => takeSlot(tx, whom.account, { id: push, at }));
    if (wait !== null) return refused('limited', 'not sent', wait);
    const answered = await send(push);
    // What was not sent takes nobody's place.
    if (answered.is !== 'begun') await database.transaction((tx) => freeSlot(tx, push));
    return answered;
  }

  async function send(whom: Whom, kind: 'push' | 'phone'): Promise<Answered> {
    const { username, memo } = whom;
    const known = await api.preauth(username);
    if (known.is !== 'said') return withoutAnswer(known);
    if (known.said.result === 'enroll') return refused('refused-before', 'no such user');
    if (known.said.result === 'deny') return refused('denied', 'user is not let in');
    if (known.said.result === 'allow') return { is: 'shown', factor: 'bypass_user', push: null };
    return inTurn(whom, async (push) => {
      const begun = await api.begin(whom, kind);
      if (begun.is !== 'said') return withoutAnswer(begun);
      if (!('txid' in begun.said)) return settled(begun.said, factorOf[kind], null);
      memo.clear();
      memo.set('push', push).set('txid', begun.said.txid).set('factor', factorOf[kind]);
      return { is: 'begun' };
    });
  }

  const text = (whom: Whom): Promise<Answered> =>
    inTurn(whom, async (push) => {
      const heard = await api.text(whom.username);
      if (heard.is !== 'said') return withoutAnswer(heard);
      if (heard.said.status !== 'sent') return refused('unavailable', heard.said.status);
      await database.transaction((tx) => settlePush(tx, push));
      whom.memo.set('way', 'text');
      return { is: 'begun' };
    });

  async function typed({ username }: Whom, code: string): Promise<Answered> {
    const factor = passcodeKind(code);
    if (factor === null) return { is: 'refused', because: 'malformed' };
    // Not spent at Duo for nothing.
    if (!allowed.includes(factor)) return refused('refused-before', factor);
    const heard = await api.passcode(username, code);
    if (heard.is !== 'said') return withoutAnswer(heard);
    if (heard.said.result !== 'allow') return refused('wrong', heard.said.status);
    return settled(heard.said, factor, null);
  }

  async function instead(whom: Whom, way: string): Promise<Answered> {
    const { memo } = whom;
    await withdraw(memo);
    if (way === 'push') return send(whom, 'push');
    if (way === 'phone' && allowed.includes('phone_call')) return send(whom, 'phone');
    if (way === 'text' && allowed.includes('sms_passcode')) return text(whom);
    if (way === 'code') memo.set('way', 'code');
    return { is: 'begun' };
  }

  const buttons: Readonly<Partial<Record<string, (whom: Whom) => Promise<Answered>>>> = {
    push: (whom) => send(whom, 'push'),
    register,
    look,
  };

  return {
    async ask(whom, act) {
      const { memo } = whom;
      if (memo.has('push')) return page(memo);
      const way = memo.get('way');
      if (way !== undefined) return codePage(way === 'text');
      return act === 'prove' ? sendPage(act, allowed) : introduce(whom);
    },

    async answer(whom, form) {
      const push = whom.memo.get('push');
      const code = tidy(form['code'] ?? '');
      if (form['instead'] !== undefined) return instead(whom, form['instead']);
      if (code !== '') return typed(whom, code);
      if (push !== undefined) return answer(whom.memo, push);
      return buttons[form['send'] ?? '']?.(whom) ?? { is: 'refused', because: 'malformed' };
    },

    async pretend({ memo }, form) {
      const asked = form['instead'] ?? form['send'];
      if (asked === 'push' || asked === 'phone') {
        const until = String(shift(clock.now(), patience));
        memo.clear();
        memo.set('push', newId<'push'>(chance)).set('factor', factorOf[asked]).set('until', until);
        memo.set('answer', JSON.stringify(stillWaiting));
        return { is: 'begun' };
      }
      if (asked !== undefined) {
        memo.clear();
        memo.set('way', asked);
        return { is: 'begun' };
      }
      if (!memo.has('push')) return refused('wrong', 'nobody');
      if (Number(memo.get('until')) > clock.now()) return refused('waiting', 'nobody');
      memo.clear();
      return refused('expired', 'nobody');
    },
  };
}

/** How long Duo waits for an answer on a phone. */
const patience = minutes(1);

const stillWaiting: Status = { result: 'waiting', status: 'pushed', status_msg: '' };

/** A push that is out, or a call: what the page shows meanwhile, and what comes of it. */
function waiting(database: Database, api: AuthApi) {
  /** What Duo says of the push of this attempt, and of no other (T36); once it is settled, it stays so. */
  async function look(memo: Memo): Promise<Status | Answered> {
    const answer = memo.get('answer');
    if (answer !== undefined) return JSON.parse(answer) as Status;
    const heard = await api.status(memo.get('txid') ?? '');
    if (heard.is === 'late') return stillWaiting;
    if (heard.is === 'odd') return refused('expired', `error ${heard.code}`);
    if (heard.is === 'down') return heard;
    if (heard.said.result !== 'waiting') memo.set('answer', JSON.stringify(heard.said));
    return heard.said;
  }

  async function withdraw(memo: Memo): Promise<void> {
    const push = memo.get('push');
    memo.clear();
    if (push !== undefined) await database.transaction((tx) => settlePush(tx, push));
  }

  return {
    withdraw,

    async page(memo: Memo): Promise<View> {
      const status = await look(memo);
      if ('is' in status ? status.is !== 'down' : status.result !== 'waiting') return settledPage;
      const said = 'result' in status ? status.status_msg : '';
      const number = numberIn(said) ?? memo.get('number') ?? null;
      if (number !== null) memo.set('number', number);
      return waitPage(memo.get('factor') === factorOf.phone, number);
    },

    async answer(memo: Memo, push: string): Promise<Answered> {
      const status = await look(memo);
      if ('result' in status && status.result === 'waiting') return refused('waiting', status.status);
      const factor = memo.has('number') ? 'verified_duo_push' : memo.get('factor');
      const answered = 'result' in status ? settled(status, factor ?? '', push) : status;
      if (answered.is === 'refused') await withdraw(memo);
      return answered;
    },
  };
}

/** A yes or a no of Duo's, as it came. */
function settled({ result, status }: Pick<Status, 'result' | 'status'>, factor: string, push: string | null): Answered {
  if (result !== 'allow') return refused(status === 'timeout' ? 'expired' : 'denied', status);
  return { is: 'shown', factor: status === 'bypass' ? 'bypass_user' : factor, push };
}

/** How Duo gets to know somebody's phone. */
function registering(api: AuthApi, allowed: readonly Factor[]) {
  return {
    /** The first page of the set-up: what Duo knows of them decides. */
    async introduce({ username, memo }: Pick<Whom, 'username' | 'memo'>): Promise<View> {
      const known = await api.preauth(username);
      if (known.is !== 'said') return troublePage('down');
      if (known.said.result === 'auth') return sendPage('set-up', allowed);
      if (known.said.result !== 'enroll') return troublePage(known.said.result);
      const link = memo.get('link');
      return link === undefined ? registerPage : scanPage({ link, scan: memo.get('scan') ?? null });
    },

    async register({ username, memo }: Whom): Promise<Answered> {
      const made = await api.enroll(username);
      if (made.is === 'said') {
        const { activation_code: code, activation_url: url = code } = made.said;
        memo.set('scan', code).set('link', url);
        return { is: 'begun' };
      }
      // Somebody of that name waits there without a phone: Duo has a page for them.
      const known = await api.preauth(username);
      const portal = known.is === 'said' ? known.said.enroll_portal_url : undefined;
      if (portal === undefined) return withoutAnswer(made);
      memo.set('link', portal);
      return { is: 'begun' };
    },

    /** Is the phone registered? Then the next page asks it. */
    async look({ username }: Whom): Promise<Answered> {
      const known = await api.preauth(username);
      if (known.is !== 'said') return withoutAnswer(known);
      return known.said.result === 'auth' ? { is: 'begun' } : refused('waiting', known.said.result);
    },
  };
}
