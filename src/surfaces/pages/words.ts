import type { ProblemCode } from '../../http/problems.ts';
import { inEveryLanguage } from '../../ui/language.ts';

interface Told {
  readonly title: string;
  readonly lead: string;
}

const en: Told = {
  title: 'That didn’t work',
  lead: 'Your browser sent something we can’t read. Go back and try once more.',
};
const de: Told = {
  title: 'Das hat nicht geklappt',
  lead: 'Ihr Browser hat etwas geschickt, das wir nicht lesen können. Gehen Sie zurück und versuchen Sie es noch einmal.',
};

/** What a page says for a problem: what to do, never what our insides think of it. */
export const words = inEveryLanguage<{ otherwise: Told; told: Partial<Record<ProblemCode, Told>>; on: string }>({
  en: {
    otherwise: en,
    told: {
      'not-found': { title: 'There is nothing here', lead: 'The address may be old, or mistyped.' },
      csrf: {
        title: 'Please try that once more',
        lead: 'The page you came from had been open for too long or belongs to another sign-in. Nothing was changed.',
      },
      'attempt-gone': { title: 'Let’s start again', lead: 'This page has expired. Nothing is lost.' },
      'not-as-shown': {
        title: 'This was not sent',
        lead: 'It was sent before, or it is not what you were shown. Nothing was sent now.',
      },
      'two-networks': {
        title: 'Not from this network',
        lead: 'You are signed in. But your browser reaches this application from another network than our sign-in, and from there it does not let you in. Switch off what leads your browser another way, such as a VPN, and open the application again.',
      },
      'sign-in-required': { title: 'Please sign in first', lead: 'Your session has ended. Nothing was changed.' },
      internal: { title: 'Something went wrong on our side', lead: 'It has been noted. Try again in a moment.' },
      'too-many-requests': {
        title: 'Very many people come from where you are',
        lead: 'Too many sign-ins were begun from your network. Try again in ten minutes; a browser in which you signed in before still works.',
      },
      'directory-down': {
        title: 'We can’t reach your organisation’s directory',
        lead: 'Your password is as right as before: it can’t be checked right now. Try again in a minute.',
      },
      busy: { title: 'One moment, please', lead: 'Many people are signing in right now. Try again in a few seconds.' },
    },
    on: 'Go to sign-in',
  },
  de: {
    otherwise: de,
    told: {
      'not-found': { title: 'Hier ist nichts', lead: 'Die Adresse ist vielleicht alt oder vertippt.' },
      csrf: {
        title: 'Bitte noch einmal',
        lead: 'Die Seite, von der Sie kommen, war zu lange offen oder gehört zu einer anderen Anmeldung. Es wurde nichts geändert.',
      },
      'attempt-gone': { title: 'Fangen wir neu an', lead: 'Diese Seite ist abgelaufen. Es ist nichts verloren.' },
      'not-as-shown': {
        title: 'Das wurde nicht gesendet',
        lead: 'Es wurde schon gesendet, oder es ist nicht das, was Ihnen gezeigt wurde. Jetzt wurde nichts gesendet.',
      },
      'two-networks': {
        title: 'Nicht aus diesem Netz',
        lead: 'Sie sind angemeldet. Ihr Browser erreicht diese Anwendung aber aus einem anderen Netz als unsere Anmeldung, und von dort lässt sie Sie nicht ein. Schalten Sie ab, was Ihren Browser umleitet, etwa ein VPN, und öffnen Sie die Anwendung noch einmal.',
      },
      'sign-in-required': {
        title: 'Bitte melden Sie sich zuerst an',
        lead: 'Ihre Sitzung ist zu Ende. Es wurde nichts geändert.',
      },
      internal: {
        title: 'Bei uns ist etwas schiefgegangen',
        lead: 'Es ist notiert. Versuchen Sie es gleich noch einmal.',
      },
      'too-many-requests': {
        title: 'Aus Ihrem Netz kommen gerade sehr viele',
        lead: 'Von dort wurden zu viele Anmeldungen begonnen. Versuchen Sie es in zehn Minuten wieder; in einem Browser, in dem Sie schon angemeldet waren, geht es auch jetzt.',
      },
      'directory-down': {
        title: 'Das Verzeichnis Ihrer Organisation antwortet nicht',
        lead: 'An Ihrem Passwort liegt es nicht: Es lässt sich gerade nicht prüfen. Versuchen Sie es in einer Minute noch einmal.',
      },
      busy: {
        title: 'Einen Moment, bitte',
        lead: 'Gerade melden sich viele an. Versuchen Sie es in ein paar Sekunden noch einmal.',
      },
    },
    on: 'Zur Anmeldung',
  },
});
