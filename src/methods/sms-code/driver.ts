import { minutes } from '../../kernel/clock.ts';
import type { Driver, Hand } from '../conformance.ts';

const codeIn = ({ sent }: Hand): string => (sent?.channel === 'sms' ? (/#(\d{6})$/.exec(sent.text)?.[1] ?? '') : '');

/** How a test owns a phone: it reads the last message. */
export const driver: Driver = {
  settings: { countries: ['DE'] },
  begin: ({ person }) => ({ send: 'en', country: 'DE', number: `0151 2345 ${String(person).padStart(4, '0')}` }),
  set: (hand) => ({ code: codeIn(hand) }),
  right: (hand) => ({ code: codeIn(hand) }),
  wrong: (hand) => ({ code: String((Number(codeIn(hand)) + 1) % 1_000_000).padStart(6, '0') }),
  serves: 'once',
  expires: minutes(5),
};
