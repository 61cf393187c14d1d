import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    identify: { title: 'Sign in', field: 'Email or username' },
    go: 'Continue',
    notYou: 'Not you?',
    otherWay: 'Try another way',
    choose: {
      title: 'Choose how to go on',
      lead: 'Pick what you have at hand.',
      none: 'None of these? Ask whoever looks after Sallyport where you are: they can let you in again.',
    },
    act: (act: string) => `Confirm it’s you to ${act}.`,
    blocked: {
      title: 'Too many wrong codes',
      lead: (when: string) =>
        `To keep your account safe nothing more is accepted until ${when}. After that you can go on here.`,
      forever:
        'To keep your account safe nothing more is accepted. Ask whoever looks after Sallyport where you are to unlock it.',
      again: 'Look again',
    },
    denied: {
      title: 'You can’t go there',
      lead: 'Your account may not use this application. If you think it should, ask whoever looks after it.',
    },
    stuck: {
      title: 'One thing is missing',
      lead: 'This asks for more than your account has set up, and it can’t be added on the way. Set it up on your account page, or ask whoever looks after Sallyport where you are.',
      account: 'Go to my account',
    },
    done: { title: 'You are in', lead: 'Everything that was asked is there.' },
    gone: {
      title: 'Let’s start again',
      lead: 'This page has expired, or it was opened in another browser. Nothing is lost.',
      again: 'Start again',
    },
    startAgain: 'Start again',
  },
  de: {
    identify: { title: 'Anmelden', field: 'E-Mail oder Benutzername' },
    go: 'Weiter',
    notYou: 'Nicht Sie?',
    otherWay: 'Anderen Weg nehmen',
    choose: {
      title: 'Wie möchten Sie weitermachen?',
      lead: 'Nehmen Sie, was Sie zur Hand haben.',
      none: 'Nichts davon? Fragen Sie, wer sich bei Ihnen um Sallyport kümmert: Dort kann man Sie wieder hineinlassen.',
    },
    act: (act: string) => `Bestätigen Sie, dass Sie es sind: ${act}.`,
    blocked: {
      title: 'Zu viele falsche Codes',
      lead: (when: string) =>
        `Zum Schutz Ihres Kontos wird bis ${when} nichts mehr angenommen. Danach geht es hier weiter.`,
      forever:
        'Zum Schutz Ihres Kontos wird nichts mehr angenommen. Bitten Sie, wer sich bei Ihnen um Sallyport kümmert, es zu entsperren.',
      again: 'Noch einmal nachsehen',
    },
    denied: {
      title: 'Hier geht es für Sie nicht weiter',
      lead: 'Ihr Konto darf diese Anwendung nicht benutzen. Wenn es das sollte, fragen Sie, wer sich darum kümmert.',
    },
    stuck: {
      title: 'Eines fehlt noch',
      lead: 'Hier wird mehr verlangt, als für Ihr Konto eingerichtet ist, und es lässt sich unterwegs nicht ergänzen. Richten Sie es auf Ihrer Kontoseite ein, oder fragen Sie, wer sich bei Ihnen um Sallyport kümmert.',
      account: 'Zu meinem Konto',
    },
    done: { title: 'Sie sind drin', lead: 'Alles, was verlangt wurde, ist da.' },
    gone: {
      title: 'Fangen wir neu an',
      lead: 'Diese Seite ist abgelaufen oder wurde in einem anderen Browser geöffnet. Es ist nichts verloren.',
      again: 'Neu anfangen',
    },
    startAgain: 'Neu anfangen',
  },
});
