import { inEveryLanguage } from '../../ui/language.ts';

interface Words {
  readonly consent: {
    readonly title: (application: string) => string;
    readonly lead: (application: string) => string;
    readonly allow: string;
    readonly refuse: string;
    readonly later: string;
  };
  readonly signOut: {
    readonly title: string;
    readonly lead: (application: string | null) => string;
    readonly out: string;
    readonly stay: string;
  };
  readonly signedOut: { readonly title: string; readonly lead: string; readonly again: string };
  readonly wrong: { readonly title: string; readonly lead: string; readonly hint: (error: string) => string };
}

export const words = inEveryLanguage<Words>({
  en: {
    consent: {
      title: (application) => `Let ${application} know who you are?`,
      lead: (application) => `${application} would like to know:`,
      allow: 'Allow',
      refuse: 'Don’t allow',
      later: 'You are asked once. Your password is never passed on.',
    },
    signOut: {
      title: 'Sign out?',
      lead: (application) =>
        `${application ?? 'An application'} asks to sign you out. Applications you opened from here are told.`,
      out: 'Sign out',
      stay: 'Stay signed in',
    },
    signedOut: { title: 'You are signed out', lead: 'See you soon.', again: 'Sign in again' },
    wrong: {
      title: 'The application sent something we can’t use',
      lead: 'Go back to the application and try once more. If it happens again, tell whoever looks after it.',
      hint: (error) => `For them: ${error}`,
    },
  },
  de: {
    consent: {
      title: (application) => `Darf ${application} wissen, wer Sie sind?`,
      lead: (application) => `${application} möchte wissen:`,
      allow: 'Erlauben',
      refuse: 'Nicht erlauben',
      later: 'Sie werden einmal gefragt. Ihr Passwort wird nie weitergegeben.',
    },
    signOut: {
      title: 'Abmelden?',
      lead: (application) =>
        `${application ?? 'Eine Anwendung'} möchte Sie abmelden. Anwendungen, die Sie von hier geöffnet haben, erfahren es.`,
      out: 'Abmelden',
      stay: 'Angemeldet bleiben',
    },
    signedOut: { title: 'Sie sind abgemeldet', lead: 'Bis bald.', again: 'Wieder anmelden' },
    wrong: {
      title: 'Die Anwendung hat etwas geschickt, mit dem wir nichts anfangen können',
      lead: 'Gehen Sie zur Anwendung zurück und versuchen Sie es noch einmal. Wenn es wieder geschieht, sagen Sie es, wer sich um sie kümmert.',
      hint: (error) => `Für dort: ${error}`,
    },
  },
});
