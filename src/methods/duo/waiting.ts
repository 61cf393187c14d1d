import type { Database } from '../../store/database.ts';
import type { Memo } from '../../store/memo.ts';
import type { View } from '../../ui/view.ts';
import type { AuthApi, Status } from './auth-api.ts';
import { settledPage, waitPage } from './pages.tsx';
import { numberIn } from './rules.ts';
import { settlePush } from './store.ts';
import { type Answered, refused } from './way.ts';

export const factorOf = { push: 'duo_push', phone: 'phone_call' } as const;

const stillWaiting: Status = { result: 'waiting', status: 'pushed', status_msg: '' };

/** A push that is out, or a call: what the page shows meanwhile, and what comes of it. */
export function waiting(database: Database, api: AuthApi) {
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
export function settled(
  { result, status }: Pick<Status, 'result' | 'status'>,
  factor: string,
  push: string | null,
): Answered {
  if (result !== 'allow') return refused(status === 'timeout' ? 'expired' : 'denied', status);
  return { is: 'shown', factor: status === 'bypass' ? 'bypass_user' : factor, push };
}
