import { inEveryLanguage } from '../../ui/language.ts';

const minutes = (wait: number): number => Math.max(1, Math.ceil(wait / 60_000));

export const words = inEveryLanguage({
  en: {
    name: 'Duo',
    hint: 'Approve it on your phone',
    refused: {
      wrong: () => 'Duo doesn’t know that passcode. Each works once: take the one shown now.',
      malformed: () => 'Type the digits that Duo Mobile shows now.',
      denied: () =>
        'It was denied. If that wasn’t you, somebody else knows your password: change it. Otherwise try again.',
      waiting: () => 'Nothing has come from your phone yet.',
      expired: () => 'That request is over. Send a new one.',
      replayed: () => 'That request has been used. Send a new one.',
      limited: (wait: number) =>
        minutes(wait) === 1
          ? 'There is a request on your phone already. Answer that one, or try again in a minute.'
          : `Several requests were not approved. You can send the next one in ${minutes(wait)} minutes, or take another way.`,
      'refused-before': () =>
        'That doesn’t show that it’s you: Duo let you pass unasked, or doesn’t know your phone. Take another way.',
      'not-alone': () => 'That isn’t enough in place of your password. Approve on your phone, or use your password.',
      unavailable: () => 'Duo doesn’t answer at the moment. Nothing is lost: try again, or take another way.',
    },
  },
  de: {
    name: 'Duo',
    hint: 'Auf dem Telefon bestätigen',
    refused: {
      wrong: () => 'Diesen Code kennt Duo nicht. Jeder gilt einmal: Nehmen Sie den, der jetzt angezeigt wird.',
      malformed: () => 'Geben Sie die Ziffern ein, die Duo Mobile jetzt zeigt.',
      denied: () =>
        'Es wurde abgelehnt. Waren das nicht Sie, so kennt jemand Ihr Passwort: Ändern Sie es. Sonst versuchen Sie es noch einmal.',
      waiting: () => 'Von Ihrem Telefon ist noch nichts gekommen.',
      expired: () => 'Diese Anfrage ist vorbei. Senden Sie eine neue.',
      replayed: () => 'Diese Anfrage wurde schon benutzt. Senden Sie eine neue.',
      limited: (wait: number) =>
        minutes(wait) === 1
          ? 'Auf Ihrem Telefon ist schon eine Anfrage. Beantworten Sie sie, oder versuchen Sie es in einer Minute wieder.'
          : `Mehrere Anfragen wurden nicht bestätigt. Die nächste können Sie in ${minutes(wait)} Minuten senden, oder Sie nehmen einen anderen Weg.`,
      'refused-before': () =>
        'Das zeigt nicht, dass Sie es sind: Duo hat Sie ungefragt durchgelassen, oder es kennt Ihr Telefon nicht. Nehmen Sie einen anderen Weg.',
      'not-alone': () =>
        'Das reicht an Stelle Ihres Passworts nicht. Bestätigen Sie auf dem Telefon, oder nehmen Sie Ihr Passwort.',
      unavailable: () =>
        'Duo antwortet gerade nicht. Nichts ist verloren: Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    ask: { title: 'Confirm with Duo', lead: 'We send a request to your phone. Approve it there.' },
    offer: {
      title: 'Show that Duo is yours',
      lead: 'Duo knows you already. Approve one request, and from then on signing in takes your phone as well.',
    },
    push: 'Send me a push',
    phone: 'Call me',
    text: 'Text me passcodes',
    code: 'Type a passcode',
    wait: {
      title: 'Look at your phone',
      push: 'Duo Mobile asks whether it’s you. If it is, press Approve.',
      number: 'Type this number in Duo Mobile, then press Approve.',
      phone: 'Duo is calling you. Do what the voice says.',
      settled: 'Your phone has answered.',
      goesOn: 'This page goes on by itself.',
      yours: 'You didn’t start this? Press Deny on your phone.',
    },
    done: 'Continue',
    cancel: 'Cancel this request',
    typed: {
      title: 'Type a passcode',
      app: 'Open Duo Mobile and tap your account: the passcode stands there.',
      texted: 'The passcodes come in a text message. Any of them will do, once.',
    },
    field: 'Passcode',
    back: 'Send me a push instead',
    register: {
      title: 'Set up Duo',
      lead: 'From then on you confirm on your phone that it’s you.',
      install: 'Get Duo Mobile on your phone, if you don’t have it:',
      phone: 'Register the phone: Duo gives you a link and a picture for it.',
      button: 'Register a device',
    },
    scan: {
      title: 'Register your phone',
      lead: 'This page goes on as soon as Duo knows your phone.',
      scan: 'Choose “Add” in Duo Mobile and scan this picture.',
      picture: 'QR code for Duo Mobile; the link below does the same',
      here: 'Are you reading this on the phone itself?',
      link: 'Register this device',
      button: 'I have registered it',
    },
    trouble: {
      down: { title: 'Duo doesn’t answer', lead: 'Nothing is lost. Try again in a while, or set up something else.' },
      deny: {
        title: 'Duo turns you away',
        lead: 'Your account at Duo is locked or switched off. Ask whoever looks after it.',
      },
      allow: {
        title: 'Duo doesn’t ask you',
        lead: 'Your account at Duo is let through unasked, so it can’t show that it’s you. Ask whoever looks after it.',
      },
    },
    again: 'Try again',
    prompt: {
      prove: { title: 'Confirm with Duo', lead: 'Duo asks you on a page of its own, and sends you back here.' },
      'set-up': {
        title: 'Set up Duo',
        lead: 'Duo asks you on a page of its own, where you can register your phone too, and sends you back here.',
      },
      button: 'Go on to Duo',
    },
  },
  de: {
    ask: { title: 'Mit Duo bestätigen', lead: 'Wir senden eine Anfrage an Ihr Telefon. Bestätigen Sie sie dort.' },
    offer: {
      title: 'Zeigen Sie, dass Duo Ihres ist',
      lead: 'Duo kennt Sie schon. Bestätigen Sie eine Anfrage: Von da an braucht das Anmelden auch Ihr Telefon.',
    },
    push: 'Anfrage senden',
    phone: 'Anrufen lassen',
    text: 'Codes als SMS senden',
    code: 'Code eingeben',
    wait: {
      title: 'Sehen Sie auf Ihr Telefon',
      push: 'Duo Mobile fragt, ob Sie es sind. Wenn ja, drücken Sie dort „Genehmigen“.',
      number: 'Geben Sie diese Zahl in Duo Mobile ein und drücken Sie dann „Genehmigen“.',
      phone: 'Duo ruft Sie an. Folgen Sie der Stimme.',
      settled: 'Ihr Telefon hat geantwortet.',
      goesOn: 'Diese Seite geht von selbst weiter.',
      yours: 'Sie haben das nicht begonnen? Lehnen Sie auf dem Telefon ab.',
    },
    done: 'Weiter',
    cancel: 'Anfrage zurückziehen',
    typed: {
      title: 'Code eingeben',
      app: 'Öffnen Sie Duo Mobile und tippen Sie auf Ihr Konto: Dort steht der Code.',
      texted: 'Die Codes kommen als SMS. Jeder davon gilt, einmal.',
    },
    field: 'Code',
    back: 'Doch eine Anfrage senden',
    register: {
      title: 'Duo einrichten',
      lead: 'Von da an bestätigen Sie auf dem Telefon, dass Sie es sind.',
      install: 'Holen Sie sich Duo Mobile aufs Telefon, falls Sie es nicht haben:',
      phone: 'Registrieren Sie das Telefon: Duo gibt Ihnen dafür einen Link und ein Bild.',
      button: 'Gerät registrieren',
    },
    scan: {
      title: 'Registrieren Sie Ihr Telefon',
      lead: 'Diese Seite geht weiter, sobald Duo Ihr Telefon kennt.',
      scan: 'Wählen Sie in Duo Mobile „Hinzufügen“ und scannen Sie dieses Bild.',
      picture: 'QR-Code für Duo Mobile; der Link darunter tut dasselbe',
      here: 'Lesen Sie das auf dem Telefon selbst?',
      link: 'Dieses Gerät registrieren',
      button: 'Es ist registriert',
    },
    trouble: {
      down: {
        title: 'Duo antwortet nicht',
        lead: 'Nichts ist verloren. Versuchen Sie es später noch einmal, oder richten Sie etwas anderes ein.',
      },
      deny: {
        title: 'Duo weist Sie ab',
        lead: 'Ihr Konto bei Duo ist gesperrt oder abgeschaltet. Fragen Sie, wer sich darum kümmert.',
      },
      allow: {
        title: 'Duo fragt Sie nicht',
        lead: 'Ihr Konto bei Duo wird ungefragt durchgelassen und kann deshalb nicht zeigen, dass Sie es sind. Fragen Sie, wer sich darum kümmert.',
      },
    },
    again: 'Noch einmal versuchen',
    prompt: {
      prove: {
        title: 'Mit Duo bestätigen',
        lead: 'Duo fragt Sie auf einer eigenen Seite und schickt Sie hierher zurück.',
      },
      'set-up': {
        title: 'Duo einrichten',
        lead: 'Duo fragt Sie auf einer eigenen Seite, wo Sie auch Ihr Telefon registrieren können, und schickt Sie hierher zurück.',
      },
      button: 'Weiter zu Duo',
    },
  },
});
