import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    ask: {
      title: 'Forgot your password?',
      lead: 'We send a link to the email address of your account.',
      field: 'Email or username',
      go: 'Send the link',
      back: 'Back to sign-in',
    },
    sent: {
      title: 'Look at your email',
      lead: 'If there is such an account, a link is on its way to its email address. It works once, and only for a short time. Nothing there? Look among unwanted email, or ask whoever looks after Sallyport where you are.',
      on: 'Back to sign-in',
    },
    begin: {
      title: 'Choose another password',
      lead: 'First we make sure that it’s you: have at hand what you use to sign in besides your password.',
      go: 'Begin',
    },
    stop: {
      title: 'Stop it?',
      lead: 'Nobody will get a link to choose another password. Your own stays as it is.',
      go: 'Stop it',
    },
    stopped: {
      title: 'That is stopped',
      lead: 'Your password stays as it is. Have a look at who can read your email, and change its password too.',
      on: 'Go to sign-in',
    },
    gone: {
      title: 'This link does not work any more',
      lead: 'It was used, or it is too old. You can ask for a new one.',
      on: 'Ask for a new one',
    },
  },
  de: {
    ask: {
      title: 'Passwort vergessen?',
      lead: 'Wir schicken einen Link an die E-Mail-Adresse Ihres Kontos.',
      field: 'E-Mail oder Benutzername',
      go: 'Link schicken',
      back: 'Zurück zur Anmeldung',
    },
    sent: {
      title: 'Sehen Sie in Ihre E-Mails',
      lead: 'Wenn es das Konto gibt, ist ein Link zu seiner E-Mail-Adresse unterwegs. Er gilt einmal und nur für kurze Zeit. Nichts da? Sehen Sie bei den unerwünschten Nachrichten nach, oder fragen Sie, wer sich bei Ihnen um Sallyport kümmert.',
      on: 'Zurück zur Anmeldung',
    },
    begin: {
      title: 'Ein anderes Passwort wählen',
      lead: 'Zuerst stellen wir sicher, dass Sie es sind: Halten Sie bereit, womit Sie sich neben dem Passwort anmelden.',
      go: 'Anfangen',
    },
    stop: {
      title: 'Anhalten?',
      lead: 'Niemand bekommt dann einen Link, um ein anderes Passwort zu wählen. Ihres bleibt, wie es ist.',
      go: 'Anhalten',
    },
    stopped: {
      title: 'Angehalten',
      lead: 'Ihr Passwort bleibt, wie es ist. Sehen Sie nach, wer Ihre E-Mails lesen kann, und ändern Sie auch dort das Passwort.',
      on: 'Zur Anmeldung',
    },
    gone: {
      title: 'Dieser Link gilt nicht mehr',
      lead: 'Er wurde benutzt oder ist zu alt. Sie können um einen neuen bitten.',
      on: 'Um einen neuen bitten',
    },
  },
});
