import type { Letter as Mail } from '../store/outbox.ts';
import { inEveryLanguage } from '../ui/language.ts';

type For = (name: string) => Mail;

/** What somebody is written for whom a PIN was registered. @param where names of applications; none: all of them */
export const letters = inEveryLanguage({
  en: {
    registered:
      (where: readonly string[], to: string): For =>
      (name) => ({
        language: 'en',
        subject: 'A PIN was registered for you',
        paragraphs: [
          `Hello ${name},`,
          `an administrator has registered a PIN for you, for ${where.length === 0 ? 'all applications' : where.join(', ')}. From now on you type the one that your authenticator or token shows.`,
          'Whoever registered it has seen its key. If you would rather have one that nobody else has seen, set up an authenticator app of your own and remove this one.',
          'You know of no authenticator or token? Then tell your administrators.',
        ],
        link: { to, words: 'See your ways to sign in' },
      }),
  },
  de: {
    registered:
      (where: readonly string[], to: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Für Sie wurde eine PIN eingetragen',
        paragraphs: [
          `Guten Tag ${name},`,
          `die Verwaltung hat eine PIN für Sie eingetragen, für ${where.length === 0 ? 'alle Anwendungen' : where.join(', ')}. Von jetzt an tippen Sie die ein, die Ihr Authenticator oder Token zeigt.`,
          'Wer sie eingetragen hat, hat ihren Schlüssel gesehen. Möchten Sie lieber eine, die sonst niemand gesehen hat, richten Sie selbst eine Authenticator-App ein und entfernen Sie diese.',
          'Sie wissen von keinem Authenticator oder Token? Dann sagen Sie es Ihrer Verwaltung.',
        ],
        link: { to, words: 'Ihre Wege zur Anmeldung ansehen' },
      }),
  },
});
