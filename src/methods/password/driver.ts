import type { Driver } from '../conformance.ts';

/** How a test owns a password. */
export const driver: Driver = {
  set: ({ person }) => ({ password: `a long password of person ${person}` }),
  right: ({ person }) => ({ password: `a long password of person ${person}` }),
  wrong: () => ({ password: 'not the password at all' }),
  serves: 'again and again',
};
