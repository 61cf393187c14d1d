import type { View } from '../../ui/view.ts';
import type { AuthApi } from './auth-api.ts';
import { registerPage, scanPage, sendPage, troublePage } from './pages.tsx';
import type { Factor } from './rules.ts';
import { type Answered, refused, type Whom, withoutAnswer } from './way.ts';

/** How Duo gets to know somebody's phone. */
export function registering(api: AuthApi, allowed: readonly Factor[]) {
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
