/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __brand: 'Instant' };

/** Handed in, never imported: a test turns its hands. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() as Instant };

/** For rows that never end: the last instant a date can name (ECMA-262, time values). */
export const never = 8.64e15 as Instant;

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;
export const days = (n: number): number => n * 86_400_000;

/** Whole seconds, as tokens and cookies count them. */
export const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** `by` milliseconds after `at`; negative goes back. */
export const shift = (at: Instant, by: number): Instant => (at + by) as Instant;

/** When a day begins, or one so many days later, by the clock of the place. @param day as `2026-01-15` */
export function beginningOf(day: string, later = 0): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime() as Instant;
}
/** The moment that a text names as ISO 8601 writes it. */
export const instantOf = (text: string): Instant => Date.parse(text) as Instant;

/** A date for `Intl` and for logs: the only other place that may touch `Date`. */
export const dateOf = (at: Instant): Date => new Date(at);
