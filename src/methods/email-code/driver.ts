import { minutes } from '../../kernel/clock.ts';
import type { Driver, Hand } from '../conformance.ts';

const codeIn = ({ sent }: Hand): string => (sent?.channel === 'mail' ? (sent.letter.code ?? '') : '');

/** How a test owns a mailbox: it reads the last mail. */
export const driver: Driver = {
  begin: ({ person }) => ({ send: 'en', address: `person-${person}@example.org` }),
  set: (hand) => ({ code: codeIn(hand) }),
  right: (hand) => ({ code: codeIn(hand) }),
  wrong: (hand) => ({ code: String((Number(codeIn(hand)) + 1) % 1_000_000).padStart(6, '0') }),
  serves: 'once',
  expires: minutes(5),
};
