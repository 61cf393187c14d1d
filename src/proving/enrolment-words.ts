import type { Letter } from '../store/outbox.ts';
import { inEveryLanguage } from '../ui/language.ts';

type For = (name: string) => Letter;

/** What somebody is written who was just added. */
export const letters = inEveryLanguage({
  en: {
    invited:
      (to: string): For =>
      (name) => ({
        language: 'en',
        subject: 'Your account is ready: choose a password',
        paragraphs: [
          `Hello ${name},`,
          'an account was made for you, with which you sign in to what your organisation uses. Choose a password first: this link works once, for a day.',
        ],
        link: { to, words: 'Choose a password' },
        small: ['Is the day over? Whoever added you can make another link.'],
      }),
  },
  de: {
    invited:
      (to: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Ihr Konto ist bereit: Wählen Sie ein Passwort',
        paragraphs: [
          `Guten Tag ${name},`,
          'für Sie wurde ein Konto angelegt, mit dem Sie sich dort anmelden, womit Ihre Organisation arbeitet. Wählen Sie zuerst ein Passwort: Dieser Link gilt einmal, einen Tag lang.',
        ],
        link: { to, words: 'Passwort wählen' },
        small: ['Ist der Tag vorbei? Wer Sie angelegt hat, kann einen neuen Link machen.'],
      }),
  },
});
