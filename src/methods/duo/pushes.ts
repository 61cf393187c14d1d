import { newId } from '../../kernel/ids.ts';
import type { Means } from '../../store/means.ts';
import type { AuthApi } from './auth-api.ts';
import { codePage, sendPage } from './pages.tsx';
import { registering } from './registering.ts';
import { type Factor, passcodeKind, tidy } from './rules.ts';
import { freeSlot, settlePush, takeSlot } from './store.ts';
import { factorOf, settled, waiting } from './waiting.ts';
import { type Answered, refused, type Way, type Whom, withoutAnswer } from './way.ts';

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
      const begun = await api.begin(username, kind);
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
  };
}
