import { inEveryLanguage } from '../../ui/language.ts';

/** What each scope means to the person who is asked. */
export const scopeWords = inEveryLanguage({
  en: {
    openid: 'that it is you, each time you come',
    profile: 'your name and user name',
    email: 'your email address',
    groups: 'the groups you belong to',
    offline_access: 'all of this also while you are away',
  },
  de: {
    openid: 'dass Sie es sind, jedes Mal, wenn Sie kommen',
    profile: 'Ihren Namen und Benutzernamen',
    email: 'Ihre E-Mail-Adresse',
    groups: 'zu welchen Gruppen Sie gehören',
    offline_access: 'all das auch, während Sie nicht da sind',
  },
});

type Scope = keyof (typeof scopeWords)['en'];
export const isScope = (scope: string): scope is Scope => scope in scopeWords.en;
