import type { Instant } from '../kernel/clock.ts';
import type { Errand } from '../otp/confirming.ts';
import type { Letter } from '../store/outbox.ts';
import { inEveryLanguage, type Language } from '../ui/language.ts';
import { hourIn, zoneIn } from '../ui/moment.ts';

type For = (name: string) => Letter;

/** What is written to the addresses of somebody who changes theirs: to the new one, and to the one before. */
export const letters = inEveryLanguage({
  en: {
    code: (host: string, { code, at, until }: Errand): Letter => ({
      language: 'en',
      subject: 'Confirm this address',
      paragraphs: [
        'Hello,',
        `somebody wants this to be the address of their account at ${host}. If it is you, this code confirms it. It works until ${hour('en', until)}.`,
      ],
      code,
      small: [
        `Somebody asked for it at ${hour('en', at)}. If it was not you, you need not do anything: without the code nothing happens, to your own account neither.`,
      ],
    }),
    changed:
      (to: string, undo: string): For =>
      (name) => ({
        language: 'en',
        subject: 'The email address of your account was changed',
        paragraphs: [
          `Hello ${name},`,
          `from now on we write to ${to}, and no longer here. Was it not you? Then bring this address back: for three days this link does it, and signs everybody out.`,
        ],
        link: { to: undo, words: 'Bring this address back' },
        small: ['If it was you, there is nothing to do.'],
      }),
    here: (): For => (name) => ({
      language: 'en',
      subject: 'This is the address of your account now',
      paragraphs: [
        `Hello ${name},`,
        'you confirmed this address: from now on we write here, and you can sign in with it.',
      ],
    }),
    back: (): For => (name) => ({
      language: 'en',
      subject: 'Your email address is back',
      paragraphs: [
        `Hello ${name},`,
        'this is the address of your account again, and you are signed out everywhere. Whoever changed it could sign in as you: choose another password now, then look through your ways to sign in.',
      ],
    }),
    undone: (): For => (name) => ({
      language: 'en',
      subject: 'This is no longer the address of your account',
      paragraphs: [
        `Hello ${name},`,
        'the address before this one was brought back by a link that was sent there. You are signed out everywhere.',
      ],
    }),
  },
  de: {
    code: (host: string, { code, at, until }: Errand): Letter => ({
      language: 'de',
      subject: 'Bestätigen Sie diese Adresse',
      paragraphs: [
        'Guten Tag,',
        `jemand möchte diese Adresse für ein Konto bei ${host} haben. Wenn Sie das sind, bestätigt es dieser Code. Er gilt bis ${hour('de', until)}.`,
      ],
      code,
      small: [
        `Angefordert um ${hour('de', at)}. Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Code geschieht nichts, auch nicht mit Ihrem eigenen Konto.`,
      ],
    }),
    changed:
      (to: string, undo: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Die E-Mail-Adresse Ihres Kontos wurde geändert',
        paragraphs: [
          `Guten Tag ${name},`,
          `von jetzt an schreiben wir an ${to} und nicht mehr hierher. Waren Sie das nicht? Dann holen Sie diese Adresse zurück: Drei Tage lang tut das dieser Link, und er meldet alle ab.`,
        ],
        link: { to: undo, words: 'Diese Adresse zurückholen' },
        small: ['Waren Sie es, ist nichts zu tun.'],
      }),
    here: (): For => (name) => ({
      language: 'de',
      subject: 'Das ist jetzt die Adresse Ihres Kontos',
      paragraphs: [
        `Guten Tag ${name},`,
        'Sie haben diese Adresse bestätigt: Von jetzt an schreiben wir hierher, und Sie können sich mit ihr anmelden.',
      ],
    }),
    back: (): For => (name) => ({
      language: 'de',
      subject: 'Ihre E-Mail-Adresse ist zurück',
      paragraphs: [
        `Guten Tag ${name},`,
        'das ist wieder die Adresse Ihres Kontos, und Sie sind überall abgemeldet. Wer sie geändert hat, konnte sich an Ihrer Stelle anmelden: Wählen Sie jetzt ein anderes Passwort und sehen Sie dann Ihre Anmeldewege durch.',
      ],
    }),
    undone: (): For => (name) => ({
      language: 'de',
      subject: 'Das ist nicht mehr die Adresse Ihres Kontos',
      paragraphs: [
        `Guten Tag ${name},`,
        'die Adresse davor wurde zurückgeholt, mit einem Link, der dorthin ging. Sie sind überall abgemeldet.',
      ],
    }),
  },
});

const hour = (language: Language, at: Instant): string => `${hourIn(language, at)} ${zoneIn(language, at)}`;
