import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    intro: {
      title: (method: string) => `Set up: ${method}`,
      lead: (name: string) =>
        `This link was made for ${name}. It works once, in this browser, and only for a short time.`,
      go: 'Begin',
    },
    save: 'Continue',
    done: {
      title: 'That is done',
      lead: 'The link is used up, and you are signed out everywhere. Sign in as always, now.',
      on: 'Sign in',
    },
    gone: {
      title: 'This link does not work any more',
      lead: 'It was used, it is too old, or it was opened in another browser. Whoever gave it to you can make a new one.',
      on: 'Go to sign-in',
    },
  },
  de: {
    intro: {
      title: (method: string) => `Einrichten: ${method}`,
      lead: (name: string) => `Dieser Link ist für ${name}. Er gilt einmal, in diesem Browser, und nur für kurze Zeit.`,
      go: 'Anfangen',
    },
    save: 'Weiter',
    done: {
      title: 'Das ist geschafft',
      lead: 'Der Link ist verbraucht, und Sie sind überall abgemeldet. Melden Sie sich jetzt an wie immer.',
      on: 'Anmelden',
    },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      lead: 'Er wurde benutzt, ist zu alt oder wurde in einem anderen Browser geöffnet. Wer ihn Ihnen gab, kann einen neuen machen.',
      on: 'Zur Anmeldung',
    },
  },
});
