import type { JSX } from 'preact';
import { dateOf, type Instant } from '../kernel/clock.ts';
import type { Language } from './language.ts';
import { hourIn, momentIn, zoneIn } from './moment.ts';

/** A moment in words; where scripts run they are said by the visitor's own clock (enhance.browser.ts). */
export const Time = ({ language, at, now }: { language: Language; at: Instant; now: Instant }): JSX.Element => (
  <time dateTime={dateOf(at).toISOString()} data-now={now}>
    {momentIn(language, at, { now })} {zoneIn(language, at)}
  </time>
);

/** The hour of a moment so near that the day goes without saying. */
export const Hour = ({ language, at }: { language: Language; at: Instant }): JSX.Element => (
  <time dateTime={dateOf(at).toISOString()} data-hour>
    {hourIn(language, at)} {zoneIn(language, at)}
  </time>
);
