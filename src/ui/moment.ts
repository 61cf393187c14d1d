import { dateOf, type Instant } from '../kernel/clock.ts';
import { inEveryLanguage, type Language } from './language.ts';

const at = inEveryLanguage({
  en: { locale: 'en-GB', join: (day: string, time: string) => `${day} at ${time}` },
  de: { locale: 'de-DE', join: (day: string, time: string) => `${day} um ${time} Uhr` },
});

/** Making a formatter costs a hundred times what using it does, so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([locale, parts]);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(locale, parts);
  formatters.set(key, made);
  return made;
}

/** Whose wall clock the moment is read from; without one the server's, and then its name is said. */
export interface Wall {
  readonly now: Instant;
  readonly timeZone?: string;
}

/** "yesterday at 18:04", "on 3 March at 09:00", in somebody's language. */
export function momentIn(language: Language, moment: Instant, { now, timeZone }: Wall): string {
  const { locale, join } = at[language];
  const format = (parts: Intl.DateTimeFormatOptions, instant = moment) =>
    formatter(locale, { ...parts, ...(timeZone !== undefined && { timeZone }) }).format(dateOf(instant));
  const dayOf = (instant: Instant) => format({ year: 'numeric', month: '2-digit', day: '2-digit' }, instant);
  const away = [-1, 0, 1].find((days) => dayOf((now + days * 86_400_000) as Instant) === dayOf(moment));
  const sameYear = format({ year: 'numeric' }) === format({ year: 'numeric' }, now);
  const day =
    away === undefined
      ? format({ day: 'numeric', month: 'long', ...(!sameYear && { year: 'numeric' }) })
      : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day');
  return join(day, format({ hour: '2-digit', minute: '2-digit' }));
}

/** "18:04". */
export const hourIn = (language: Language, moment: Instant, timeZone?: string): string =>
  formatter(at[language].locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone !== undefined && { timeZone }),
  }).format(dateOf(moment));

/** The server's own zone as people write it: "UTC", "CET". */
export const zoneIn = (language: Language, moment: Instant): string =>
  formatter(at[language].locale, { timeZoneName: 'short' })
    .formatToParts(dateOf(moment))
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

/** "47 seconds", "8 minutes", "3 hours": rounded up, for whoever waits. @param wait milliseconds */
export function lastingIn(language: Language, wait: number): string {
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  const [unit, n] =
    seconds < 120
      ? ['second', seconds]
      : seconds < 7200
        ? ['minute', Math.ceil(seconds / 60)]
        : ['hour', Math.ceil(seconds / 3600)];
  return new Intl.NumberFormat(at[language].locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n);
}
