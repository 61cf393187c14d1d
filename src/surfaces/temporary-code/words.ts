import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    stop: {
      title: 'Stop the temporary code?',
      lead: 'It serves nobody any more, and you are signed out everywhere. How you sign in stays as it is.',
      go: 'Stop it',
    },
    stopped: {
      title: 'It is stopped',
      lead: 'The code is over, and so is whatever it opened. Your administrators know of it. Somebody may know your password: choose another one.',
      on: 'Sign in',
    },
    gone: {
      title: 'There is nothing left to stop',
      lead: 'The code is over already. If something on your account is not as it should be, tell your administrator.',
      on: 'Sign in',
    },
  },
  de: {
    stop: {
      title: 'Den vorläufigen Code aufhalten?',
      lead: 'Er nützt dann niemandem mehr, und Sie sind überall abgemeldet. Wie Sie sich anmelden, bleibt, wie es ist.',
      go: 'Aufhalten',
    },
    stopped: {
      title: 'Er ist aufgehalten',
      lead: 'Der Code ist zu Ende, und was er geöffnet hat, auch. Ihre Administration weiß davon. Vielleicht kennt jemand Ihr Passwort: Wählen Sie ein anderes.',
      on: 'Anmelden',
    },
    gone: {
      title: 'Es gibt nichts mehr aufzuhalten',
      lead: 'Der Code ist schon zu Ende. Wenn an Ihrem Konto etwas nicht stimmt, sagen Sie es Ihrer Administration.',
      on: 'Anmelden',
    },
  },
});
