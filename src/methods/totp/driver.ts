import { seconds, shift } from '../../kernel/clock.ts';
import type { Driver } from '../conformance.ts';
import { codeAt, stepAt } from './rules.ts';

/** How a test owns an authenticator app: its secret is what the set-up page remembers. */
export const driver: Driver = {
  set: ({ memo, now }) => ({ code: codeAt(memo.get('secret') ?? '', stepAt(now)) }),
  right: ({ memo, now }) => ({ code: codeAt(memo.get('secret') ?? '', stepAt(now)) }),
  // Ten minutes ahead: no clock is that fast.
  wrong: ({ memo, now }) => ({ code: codeAt(memo.get('secret') ?? '', stepAt(shift(now, seconds(600)))) }),
  serves: 'once',
  expires: seconds(120),
};
