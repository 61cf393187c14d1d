import { seconds, shift } from '../../kernel/clock.ts';
import { base32Of } from '../../otp/codes.ts';
import type { Driver, Hand } from '../conformance.ts';
import { codeOf, type Make } from './rules.ts';
import { addTokens } from './store.ts';

const tokenOf = (person: number): Make => ({
  serial: `T-${person}`,
  kind: 'TOTP',
  algorithm: 'SHA1',
  digits: 6,
  secret: base32Of(Buffer.from(`the token of person ${person}`.padEnd(28))),
  period: 30,
  counter: 0,
  drift: 0,
});
const shown = ({ person, now }: Hand) => ({ code: codeOf(tokenOf(person), now) });

/** How a test owns a token: it lies in the stock before it is set up. */
export const driver: Driver = {
  settings: {},
  prepare: (means, person) => means.database.transaction((tx) => addTokens(tx, means, 'a test', [tokenOf(person)])),
  set: (hand) => ({ serial: `T-${hand.person}`, ...shown(hand) }),
  right: shown,
  // Twenty minutes ahead: no clock is that fast.
  wrong: (hand) => shown({ ...hand, now: shift(hand.now, seconds(1200)) }),
  serves: 'once',
  expires: seconds(120),
};
