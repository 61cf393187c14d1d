import { dateOf, days, type Instant, instantOf, shift } from '../kernel/clock.ts';
import { inEveryLanguage, type Language } from './language.ts';

/** A day of the calendar, as ISO 8601 writes it: "2026-11-28". They sort as text does. */
export type Day = string & { readonly __brand: 'Day' };

/** Making a formatter costs a hundred times what using it does, so each is made once. */
const walls = new Map<string, Intl.DateTimeFormat>();

function wallOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const made =
    walls.get(timeZone ?? '') ??
    new Intl.DateTimeFormat('en-GB', {
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      ...(timeZone !== undefined && { timeZone }),
    });
  walls.set(timeZone ?? '', made);
  return made;
}

/** On which day that was, by the server's own clock on the wall: as pages say their times. */
export function dayOf(at: Instant, timeZone?: string): Day {
  const parts = new Map(
    wallOf(timeZone)
      .formatToParts(dateOf(at))
      .map(({ type, value }) => [type, value]),
  );
  return [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-') as Day;
}

/** Noon of it where no clock is ever put forward: for reckoning, and for saying it. */
const noonOf = (day: Day): Instant => instantOf(`${day}T12:00:00Z`);

/** So many days that end with this one, the oldest first. */
export const daysUpTo = (last: Day, count: number): readonly Day[] =>
  Array.from({ length: count }, (_, n) => dayOf(shift(noonOf(last), days(n + 1 - count)), 'UTC'));

const locales = inEveryLanguage({ en: 'en-GB', de: 'de-DE' });
const said = new Map<string, Intl.DateTimeFormat>();

/** "12 November" or, where there is little room, "12 Nov". */
export function dayIn(language: Language, day: Day, month: 'long' | 'short' = 'long'): string {
  const key = `${language} ${month}`;
  const made = said.get(key) ?? new Intl.DateTimeFormat(locales[language], { day: 'numeric', month, timeZone: 'UTC' });
  said.set(key, made);
  return made.format(dateOf(noonOf(day)));
}
