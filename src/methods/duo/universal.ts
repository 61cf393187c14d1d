import { sameText } from '../../kernel/bytes.ts';
import type { Form } from '../method.ts';
import { promptPage } from './pages.tsx';
import type { Claims, Prompt } from './prompt.ts';
import { shownBy } from './rules.ts';
import { type Answered, refused, type Way, type Whom, withoutAnswer } from './way.ts';

/** Off to Duo's own page, and back with a code. */
export function universal(prompt: Prompt): Way {
  async function leave({ username, memo, returnTo }: Whom): Promise<Answered> {
    const health = await prompt.health();
    if (health.is !== 'said') return withoutAnswer(health);
    const { to, state, nonce } = await prompt.leave(username, returnTo);
    memo.set('state', state).set('nonce', nonce);
    return { is: 'begun', leaveFor: to };
  }

  /** Back from Duo: the state is the one this attempt went with, and serves once. */
  async function arrive({ username, memo, returnTo }: Whom, form: Form): Promise<Answered> {
    const [state, nonce] = [memo.get('state'), memo.get('nonce')];
    memo.clear();
    if (state === undefined || nonce === undefined || !sameText(state, form['state'] ?? ''))
      return refused('expired', 'another state');
    const code = form['duo_code'];
    if (code === undefined) return refused('denied', form['error'] ?? 'no code');
    const heard = await prompt.exchange(code, returnTo);
    return heard.is === 'said' ? read(heard.said, { username, nonce }) : withoutAnswer(heard);
  }

  return {
    ask: async (_, act) => promptPage(act),
    async answer(whom, form) {
      if (form['state'] !== undefined) return arrive(whom, form);
      return form['send'] === 'prompt' ? leave(whom) : { is: 'refused', because: 'malformed' };
    },
  };
}

/** Is it for this attempt, about this person, and a yes? */
function read(claims: Claims, expected: { username: string; nonce: string }): Answered {
  if (!sameText(claims.nonce, expected.nonce)) return refused('expired', 'another nonce');
  if (claims.preferred_username !== expected.username) return refused('wrong', 'another user');
  if (claims.auth_result.result !== 'allow') return refused('denied', claims.auth_result.result);
  const { factor, reason } = claims.auth_context;
  return { is: 'shown', factor: shownBy(factor, reason), push: null };
}
