import { hours, minutes, never, seconds } from '../../kernel/clock.ts';

/** From this many failures in a row on, wait so long (milliseconds) before the next answer is looked at. */
export type Schedule = readonly { readonly from: number; readonly wait: number }[];

/** Read from the bottom; the first row reached decides (NIST SP 800-63B-4, 3.2.2: never more than 100 in a row). */
export const schedules = {
  /** Guesses at a password from one network, or from one browser that signed in before. */
  first: [
    { from: 6, wait: seconds(30) },
    { from: 7, wait: minutes(1) },
    { from: 8, wait: minutes(2) },
    { from: 9, wait: minutes(4) },
    { from: 10, wait: minutes(15) },
    { from: 20, wait: hours(1) },
    { from: 100, wait: never },
  ],
  /** Guesses at one account's password from everywhere else together: slow to fill, so it is no weapon. */
  ceiling: [{ from: 100, wait: never }],
  /** The same, where a directory keeps people: fewer than it takes to be locked there, by whoever guesses here. */
  directory: [{ from: 4, wait: minutes(30) }],
  /** Guesses at anybody's password from one network in an hour: thousands may sit behind one line (`docs/adr/0028`). */
  network: [{ from: 500, wait: hours(1) }],
  /** The same through one that asks for all its people and does not tell from where they come (`docs/adr/0050`). */
  asker: [{ from: 5000, wait: hours(1) }],
  /** Sign-ins begun by newcomers from one network in ten minutes: each is a row until upkeep takes it away. */
  begun: [{ from: 2001, wait: minutes(10) }],
  /** All second factors of an account together, backup codes among them. */
  second: [
    { from: 6, wait: seconds(30) },
    { from: 7, wait: minutes(1) },
    { from: 8, wait: minutes(2) },
    { from: 9, wait: minutes(4) },
    { from: 10, wait: minutes(15) },
    { from: 100, wait: never },
  ],
  /** Codes of one person that one application asked about in its own form: it is out before the person is. */
  pin: [{ from: 5, wait: minutes(15) }],
  /** What one program does to people in an hour: whoever took its token empties no house before somebody sees it. */
  program: [{ from: 600, wait: hours(1) }],
  /** How often programs make somebody’s wrong answers be forgotten in a day: without end, no limit on guessing would be one. */
  forgotten: [{ from: 3, wait: hours(24) }],
  /** Mails to somebody who forgot their password or makes an account, and to whoever is named from one network. */
  recovery: [{ from: 4, wait: hours(1) }],
  recoveries: [{ from: 16, wait: hours(1) }],
} satisfies Record<string, Schedule>;

export type ScheduleName = keyof typeof schedules;
