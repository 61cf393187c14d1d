import { inEveryLanguage } from './language.ts';

/** What stands on every page. */
export const words = inEveryLanguage({
  en: {
    itself: 'English',
    towards: 'to continue to',
    passage: ['Step 1 of 2', 'Step 2 of 2: it is known who you are', 'Both doors are open'],
    go: 'Continue',
  },
  de: {
    itself: 'Deutsch',
    towards: 'weiter zu',
    passage: ['Schritt 1 von 2', 'Schritt 2 von 2: Es ist bekannt, wer Sie sind', 'Beide Türen sind offen'],
    go: 'Weiter',
  },
});
