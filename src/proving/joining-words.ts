import type { Letter } from '../store/outbox.ts';
import { inEveryLanguage } from '../ui/language.ts';

/** What is written to whoever wants an account. They have no name here yet. */
export const letters = inEveryLanguage({
  en: {
    link: (to: string, within: number): Letter => ({
      language: 'en',
      subject: 'Create your account',
      paragraphs: [
        'Hello,',
        `somebody, probably you, wants to create an account with this address. This link does it. It works once, for ${within} ${within === 1 ? 'hour' : 'hours'}.`,
      ],
      link: { to, words: 'Create your account' },
      small: ['If it was not you, do nothing: there will be no account.'],
    }),
    already: (to: string): Letter => ({
      language: 'en',
      subject: 'You have an account already',
      paragraphs: [
        'Hello,',
        'somebody, probably you, wants to create an account with this address. There is one: sign in with it. If you forgot its password, say so there.',
      ],
      link: { to, words: 'Sign in' },
      small: ['If it was not you, do nothing: your account stays as it is.'],
    }),
  },
  de: {
    link: (to: string, within: number): Letter => ({
      language: 'de',
      subject: 'Ihr Konto anlegen',
      paragraphs: [
        'Guten Tag,',
        `jemand, vermutlich Sie, möchte mit dieser Adresse ein Konto anlegen. Dieser Link tut es. Er gilt einmal, ${within} ${within === 1 ? 'Stunde' : 'Stunden'} lang.`,
      ],
      link: { to, words: 'Konto anlegen' },
      small: ['Waren Sie das nicht, tun Sie nichts: Dann gibt es kein Konto.'],
    }),
    already: (to: string): Letter => ({
      language: 'de',
      subject: 'Sie haben schon ein Konto',
      paragraphs: [
        'Guten Tag,',
        'jemand, vermutlich Sie, möchte mit dieser Adresse ein Konto anlegen. Es gibt schon eines: Melden Sie sich damit an. Haben Sie sein Passwort vergessen, sagen Sie es dort.',
      ],
      link: { to, words: 'Anmelden' },
      small: ['Waren Sie das nicht, tun Sie nichts: Ihr Konto bleibt, wie es ist.'],
    }),
  },
});
