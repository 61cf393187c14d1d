import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    ask: {
      title: 'Create an account',
      lead: 'We send a link to your email address, with which you go on.',
      at: (domains: string) => `It is one at ${domains}.`,
      or: ' or ',
      field: 'Email',
      go: 'Send the link',
      back: 'Back to sign-in',
    },
    wrong: {
      malformed: 'Enter one email address, of at most 64 characters.',
      elsewhere: (domains: string) => `Enter an address at ${domains}.`,
    },
    sent: {
      title: 'Look at your email',
      lead: 'A letter is on its way to you. The link in it works once, and only for a while. Nothing there? Look among unwanted email, or ask whoever looks after Sallyport where you are.',
      on: 'Back to sign-in',
    },
    name: {
      title: 'What are you called?',
      lead: 'So you are greeted, and so applications call you. You sign in with your email address.',
      field: 'Name',
      go: 'Create account',
    },
    gone: {
      title: 'This link does not work any more',
      lead: 'It was used, or it is too old. You can ask for a new one.',
      on: 'Ask for a new one',
    },
    taken: {
      title: 'There is an account already',
      lead: 'Somebody made one with this address in the meantime. If it is yours, sign in with it.',
      on: 'Go to sign-in',
    },
  },
  de: {
    ask: {
      title: 'Konto anlegen',
      lead: 'Wir schicken einen Link an Ihre E-Mail-Adresse, mit dem es weitergeht.',
      at: (domains: string) => `Sie gehört zu ${domains}.`,
      or: ' oder ',
      field: 'E-Mail',
      go: 'Link schicken',
      back: 'Zurück zur Anmeldung',
    },
    wrong: {
      malformed: 'Geben Sie eine einzelne E-Mail-Adresse ein, mit höchstens 64 Zeichen.',
      elsewhere: (domains: string) => `Geben Sie eine Adresse ein, die zu ${domains} gehört.`,
    },
    sent: {
      title: 'Sehen Sie in Ihre E-Mails',
      lead: 'Ein Brief ist zu Ihnen unterwegs. Der Link darin gilt einmal und nur eine Weile. Nichts da? Sehen Sie bei den unerwünschten Nachrichten nach, oder fragen Sie, wer sich bei Ihnen um Sallyport kümmert.',
      on: 'Zurück zur Anmeldung',
    },
    name: {
      title: 'Wie heißen Sie?',
      lead: 'So werden Sie begrüßt, und so nennen Anwendungen Sie. Sie melden sich mit Ihrer E-Mail-Adresse an.',
      field: 'Name',
      go: 'Konto anlegen',
    },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      lead: 'Er wurde benutzt oder ist zu alt. Sie können um einen neuen bitten.',
      on: 'Um einen neuen bitten',
    },
    taken: {
      title: 'Es gibt schon ein Konto',
      lead: 'Jemand hat inzwischen mit dieser Adresse eines angelegt. Ist es Ihres, melden Sie sich damit an.',
      on: 'Zur Anmeldung',
    },
  },
});
