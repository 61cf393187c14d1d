import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    begin: {
      title: 'Set up another way to sign in',
      lead: 'This link was made for you by whoever looks after Sallyport where you are. It works once. You are asked for your password first.',
      go: 'Begin',
    },
    gone: {
      title: 'This link does not work any more',
      lead: 'It was used, or it is too old. Whoever gave it to you can make a new one.',
      on: 'Go to sign-in',
    },
  },
  de: {
    begin: {
      title: 'Einen weiteren Anmeldeweg einrichten',
      lead: 'Diesen Link hat für Sie gemacht, wer bei Ihnen für Sallyport zuständig ist. Er gilt einmal. Zuerst werden Sie nach Ihrem Passwort gefragt.',
      go: 'Anfangen',
    },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      lead: 'Er wurde benutzt oder ist zu alt. Wer ihn Ihnen gab, kann einen neuen machen.',
      on: 'Zur Anmeldung',
    },
  },
});
