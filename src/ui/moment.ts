import { dateOf, type Instant } from '../kernel/clock.ts';
import type { Language } from './language.ts';

/** "22 November at 14:05", in somebody's language; the time zone is the server's, and said. */
export const momentIn = (language: Language, at: Instant): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(dateOf(at));
