import type { Driver } from '../conformance.ts';

/** How a test owns backup codes: they are what the set-up page remembers. */
export const driver: Driver = {
  set: () => ({ stored: 'yes' }),
  right: ({ memo }) => ({ code: memo.get('codes')?.split(' ')[0] ?? '' }),
  wrong: () => ({ code: 'ZZZZ-ZZZZ-ZZZZ-ZZZZ' }),
  serves: 'once',
};
