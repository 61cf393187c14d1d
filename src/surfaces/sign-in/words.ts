import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    identify: {
      title: 'Sign in',
      field: 'Email or username',
      otherwise: 'Sign in another way',
      join: 'Create an account',
    },
    go: 'Continue',
    notYou: 'Not you?',
    password: 'Use my password instead',
    welcome: {
      title: 'Welcome back',
      kept: 'This browser signs you in without a password.',
      last: 'You signed in here without a password last time.',
      goOn: (name: string) => `Continue as ${name}`,
      signIn: (name: string) => `Sign in as ${name}`,
      by: (method: string) => `You will be asked for: ${method}.`,
      password: 'Use my password instead',
    },
    keep: {
      title: 'Skip the password next time?',
      lead: 'On this browser, what you just used would be all that is asked.',
      where: 'Say yes only where nobody else uses this browser. You can change it on your account page.',
      yes: 'Yes, skip it here',
      no: 'No, keep asking',
    },
    invite: { notNow: 'Not now', never: 'Never on this browser' },
    cancel: 'Cancel',
    otherWay: 'Try another way',
    temporaryCode: {
      have: 'I have a code from the help desk',
      title: 'Enter the code from the help desk',
      lead: 'It works once. It doesn’t change how you sign in: next time you need your own way again.',
      field: 'Code',
      wrong: 'That is not the code. Ask whoever read it to you to repeat it.',
      malformed: 'The code has 8 digits.',
      blocked: 'Too many wrong codes. Wait a while, then try again.',
    },
    otherNew: 'Set up something else',
    chooseNew: {
      title: 'Set up a second way to sign in',
      lead: 'A password alone is not enough here. Pick what suits you; it takes two minutes, once.',
      none: 'You can add others later, on your account page.',
    },
    forgot: 'Forgot your password?',
    wait: (hours: number) => `I have none of these: wait ${hours} ${hours === 1 ? 'hour' : 'hours'} instead`,
    waiting: {
      title: 'Now it’s a matter of time',
      lead: (when: ComponentChildren): ComponentChildren => [
        'A link to choose another password comes by email ',
        when,
        '. Until then it can be stopped by a link that was just sent to the same address.',
      ],
      on: 'Back to sign-in',
    },
    noSecond: (hours: number) => ({
      title: 'There is nothing else to ask',
      lead:
        hours === 0
          ? 'Your account has no second way to sign in, so we cannot make sure that it’s you. Ask whoever looks after Sallyport where you are.'
          : 'Your account has no second way to sign in, so only time can make sure that it’s you: whoever owns it can stop this meanwhile.',
    }),
    remember: {
      label: (days: number) =>
        days === 1 ? 'Don’t ask again on this device for a day' : `Don’t ask again on this device for ${days} days`,
      hint: 'Only on a device that nobody else uses.',
    },
    choose: {
      title: 'How do you want to go on?',
      lead: 'Pick what you have at hand.',
      none: 'None of these? Ask whoever looks after Sallyport where you are: they can let you in again.',
    },
    act: (act: string) => `Confirm it’s you to ${act}.`,
    blocked: {
      title: 'Too many wrong codes',
      lead: (when: ComponentChildren): ComponentChildren => [
        'To keep your account safe, nothing more is accepted until ',
        when,
        '. After that you can go on from here.',
      ],
      forever:
        'To keep your account safe, nothing more is accepted. Ask whoever looks after Sallyport where you are to unlock it.',
      again: 'Check again',
    },
    denied: {
      title: 'This is not open to you',
      lead: 'Your account may not use this application. If you need it, ask whoever looks after it. You can also start again with another account.',
    },
    stuck: {
      title: 'One thing is missing',
      lead: 'This asks for more than your account has set up, and it can’t be added on the way. Set it up on your account page, or ask whoever looks after Sallyport where you are.',
    },
    done: { title: 'You are in', lead: 'Nothing more is asked. Press the button to go on.' },
    gone: {
      title: 'Let’s start again',
      lead: 'This page has expired, or it was opened in another browser. Nothing is lost.',
      again: 'Start again',
    },
    startAgain: 'Start again',
    toAccount: 'Go to my account',
    leave: (application: string) => `Back to ${application}`,
  },
  de: {
    identify: {
      title: 'Anmelden',
      field: 'E-Mail oder Benutzername',
      otherwise: 'Anders anmelden',
      join: 'Konto anlegen',
    },
    go: 'Weiter',
    notYou: 'Nicht Sie?',
    password: 'Stattdessen mein Passwort',
    welcome: {
      title: 'Willkommen zurück',
      kept: 'Dieser Browser meldet Sie ohne Passwort an.',
      last: 'Hier haben Sie sich zuletzt ohne Passwort angemeldet.',
      goOn: (name: string) => `Weiter als ${name}`,
      signIn: (name: string) => `Anmelden als ${name}`,
      by: (method: string) => `Gefragt wird nach: ${method}.`,
      password: 'Stattdessen mein Passwort',
    },
    keep: {
      title: 'Das nächste Mal ohne Passwort?',
      lead: 'In diesem Browser würde dann nur das verlangt, was Sie eben benutzt haben.',
      where: 'Sagen Sie nur Ja, wo sonst niemand diesen Browser benutzt. Auf Ihrer Kontoseite lässt es sich ändern.',
      yes: 'Ja, hier ohne Passwort',
      no: 'Nein, weiter fragen',
    },
    invite: { notNow: 'Jetzt nicht', never: 'In diesem Browser nie' },
    cancel: 'Abbrechen',
    otherWay: 'Anderen Weg nehmen',
    temporaryCode: {
      have: 'Ich habe einen Code vom Helpdesk',
      title: 'Geben Sie den Code vom Helpdesk ein',
      lead: 'Er gilt einmal. Er ändert nicht, wie Sie sich anmelden: Beim nächsten Mal brauchen Sie wieder Ihren eigenen Weg.',
      field: 'Code',
      wrong: 'Das ist nicht der Code. Bitten Sie darum, ihn noch einmal vorzulesen.',
      malformed: 'Der Code hat 8 Ziffern.',
      blocked: 'Zu viele falsche Codes. Warten Sie eine Weile und versuchen Sie es dann wieder.',
    },
    otherNew: 'Etwas anderes einrichten',
    chooseNew: {
      title: 'Richten Sie einen zweiten Anmeldeweg ein',
      lead: 'Ein Passwort allein reicht hier nicht. Nehmen Sie, was zu Ihnen passt; es dauert zwei Minuten, einmal.',
      none: 'Andere können Sie später auf Ihrer Kontoseite hinzufügen.',
    },
    forgot: 'Passwort vergessen?',
    wait: (hours: number) => `Nichts davon habe ich: stattdessen ${hours} ${hours === 1 ? 'Stunde' : 'Stunden'} warten`,
    waiting: {
      title: 'Jetzt braucht es nur Zeit',
      lead: (when: ComponentChildren): ComponentChildren => [
        'Ein Link, um ein anderes Passwort zu wählen, kommt per E-Mail ',
        when,
        '. Bis dahin lässt es sich mit einem Link anhalten, der eben an dieselbe Adresse ging.',
      ],
      on: 'Zurück zur Anmeldung',
    },
    noSecond: (hours: number) => ({
      title: 'Mehr lässt sich nicht fragen',
      lead:
        hours === 0
          ? 'Ihr Konto hat keinen zweiten Anmeldeweg, deshalb können wir nicht sicher sein, dass Sie es sind. Fragen Sie, wer sich bei Ihnen um Sallyport kümmert.'
          : 'Ihr Konto hat keinen zweiten Anmeldeweg, deshalb kann nur Zeit zeigen, dass Sie es sind: Wem es gehört, kann es solange anhalten.',
    }),
    remember: {
      label: (days: number) =>
        days === 1
          ? 'Auf diesem Gerät einen Tag lang nicht mehr fragen'
          : `Auf diesem Gerät ${days} Tage lang nicht mehr fragen`,
      hint: 'Nur auf einem Gerät, das sonst niemand benutzt.',
    },
    choose: {
      title: 'Wie möchten Sie weitermachen?',
      lead: 'Nehmen Sie, was Sie zur Hand haben.',
      none: 'Nichts davon? Fragen Sie, wer sich bei Ihnen um Sallyport kümmert: Dort kann man Sie wieder hineinlassen.',
    },
    act: (act: string) => `Bestätigen Sie, dass Sie es sind: ${act}.`,
    blocked: {
      title: 'Zu viele falsche Codes',
      lead: (when: ComponentChildren): ComponentChildren => [
        'Zum Schutz Ihres Kontos wird nichts mehr angenommen: bis ',
        when,
        '. Danach geht es hier weiter.',
      ],
      forever:
        'Zum Schutz Ihres Kontos wird nichts mehr angenommen. Bitten Sie, wer sich bei Ihnen um Sallyport kümmert, es zu entsperren.',
      again: 'Noch einmal nachsehen',
    },
    denied: {
      title: 'Hier geht es für Sie nicht weiter',
      lead: 'Ihr Konto darf diese Anwendung nicht benutzen. Wenn Sie sie brauchen, fragen Sie, wer sich darum kümmert. Sie können auch mit einem anderen Konto neu anfangen.',
    },
    stuck: {
      title: 'Eines fehlt noch',
      lead: 'Hier wird mehr verlangt, als für Ihr Konto eingerichtet ist, und es lässt sich unterwegs nicht ergänzen. Richten Sie es auf Ihrer Kontoseite ein, oder fragen Sie, wer sich bei Ihnen um Sallyport kümmert.',
    },
    done: { title: 'Sie sind drin', lead: 'Mehr wird nicht verlangt. Mit dem Knopf geht es weiter.' },
    gone: {
      title: 'Fangen wir neu an',
      lead: 'Diese Seite ist abgelaufen oder wurde in einem anderen Browser geöffnet. Es ist nichts verloren.',
      again: 'Neu anfangen',
    },
    startAgain: 'Neu anfangen',
    toAccount: 'Zu meinem Konto',
    leave: (application: string) => `Zurück zu ${application}`,
  },
});
