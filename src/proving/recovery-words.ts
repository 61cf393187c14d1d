import type { Letter } from '../store/outbox.ts';
import { inEveryLanguage } from '../ui/language.ts';

type For = (name: string) => Letter;

/** What whoever forgot their password is written. Each says what happens if they do nothing. */
export const letters = inEveryLanguage({
  en: {
    link:
      (to: string, within: number): For =>
      (name) => ({
        language: 'en',
        subject: 'Choose another password',
        paragraphs: [
          `Hello ${name},`,
          `somebody, probably you, said that you forgot your password. With this link you can choose another one. It works once, for ${within} minutes.`,
        ],
        link: { to, words: 'Choose another password' },
        small: ['If it was not you, do nothing: your password stays as it is.'],
      }),
    waits:
      (to: string, within: number): For =>
      (name) => ({
        language: 'en',
        subject: 'Your password may be changed: stop it if it was not you',
        paragraphs: [
          `Hello ${name},`,
          `somebody who reads your email wants to choose another password for your account, and has no second way to confirm that it is you. In ${within} hours we send a link for it to this address.`,
          'Was it not you? Then stop it now, and have a look at who can read your email.',
        ],
        link: { to, words: 'Stop it' },
      }),
    waited:
      (to: string): For =>
      (name) => ({
        language: 'en',
        subject: 'Now you can choose another password',
        paragraphs: [
          `Hello ${name},`,
          'you waited, and nobody stopped it. With this link you can choose another password. It works once, for a day.',
        ],
        link: { to, words: 'Choose another password' },
        small: ['If it was not you, tell whoever looks after Sallyport where you are.'],
      }),
  },
  de: {
    link:
      (to: string, within: number): For =>
      (name) => ({
        language: 'de',
        subject: 'Ein anderes Passwort wählen',
        paragraphs: [
          `Guten Tag ${name},`,
          `jemand, vermutlich Sie, sagt, dass Sie Ihr Passwort vergessen haben. Mit diesem Link wählen Sie ein anderes. Er gilt einmal, für ${within} Minuten.`,
        ],
        link: { to, words: 'Anderes Passwort wählen' },
        small: ['Waren Sie das nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.'],
      }),
    waits:
      (to: string, within: number): For =>
      (name) => ({
        language: 'de',
        subject: 'Ihr Passwort wird vielleicht geändert: Halten Sie es an, wenn Sie das nicht waren',
        paragraphs: [
          `Guten Tag ${name},`,
          `jemand, der Ihre E-Mails liest, möchte für Ihr Konto ein anderes Passwort wählen und kann nicht auf zweitem Weg bestätigen, dass Sie es sind. In ${within} Stunden schicken wir einen Link dafür an diese Adresse.`,
          'Waren Sie das nicht? Dann halten Sie es jetzt an, und sehen Sie nach, wer Ihre E-Mails lesen kann.',
        ],
        link: { to, words: 'Anhalten' },
      }),
    waited:
      (to: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Jetzt können Sie ein anderes Passwort wählen',
        paragraphs: [
          `Guten Tag ${name},`,
          'Sie haben gewartet, und niemand hat es angehalten. Mit diesem Link wählen Sie ein anderes Passwort. Er gilt einmal, für einen Tag.',
        ],
        link: { to, words: 'Anderes Passwort wählen' },
        small: ['Waren Sie das nicht, sagen Sie es denen, die sich bei Ihnen um Sallyport kümmern.'],
      }),
  },
});
