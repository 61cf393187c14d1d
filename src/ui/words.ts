import { inEveryLanguage } from './language.ts';

/** What stands on every page. */
export const words = inEveryLanguage({
  en: {
    itself: 'English',
    towards: 'to continue to',
    passage: [
      'Two doors, both closed: tell us who you are',
      'The first door is open: now show that it is you',
      'Both doors are open',
    ],
    go: 'Continue',
    ending: 'You will be signed out in two minutes.',
    endingForGood: 'You will be signed out in two minutes. After that, sign in again to go on.',
    stay: 'Stay signed in',
    links: { help: 'Help', imprint: 'Imprint', privacy: 'Privacy' },
  },
  de: {
    itself: 'Deutsch',
    towards: 'weiter zu',
    passage: [
      'Zwei Türen, beide zu: Sagen Sie uns, wer Sie sind',
      'Die erste Tür ist offen: Zeigen Sie nun, dass Sie es sind',
      'Beide Türen sind offen',
    ],
    go: 'Weiter',
    ending: 'Sie werden in zwei Minuten abgemeldet.',
    endingForGood: 'Sie werden in zwei Minuten abgemeldet. Melden Sie sich danach neu an, um weiterzumachen.',
    stay: 'Angemeldet bleiben',
    links: { help: 'Hilfe', imprint: 'Impressum', privacy: 'Datenschutz' },
  },
});
