import type { Instant } from '../../kernel/clock.ts';
import { languageOf } from '../language.ts';
import { hourIn, momentIn } from '../moment.ts';

/** Says each moment by the clock on the visitor's wall; which day is today the server knows better. */
export function localTimes(): void {
  const language = languageOf([document.documentElement.lang]);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  for (const time of document.querySelectorAll('time')) {
    const at = Date.parse(time.dateTime) as Instant;
    const now = Number(time.dataset['now']) as Instant;
    time.textContent =
      time.dataset['hour'] === undefined ? momentIn(language, at, { now, timeZone }) : hourIn(language, at, timeZone);
  }
}
