import { inEveryLanguage } from '../../ui/language.ts';
import { lastingIn } from '../../ui/moment.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Authenticator app',
    hint: 'A 6-digit code from your phone',
    refused: {
      wrong: () => 'That code isn’t right. Codes change every 30 seconds: try the one shown now.',
      malformed: () => 'The code has 6 digits. Type the one your app shows now.',
      replayed: (wait: number) =>
        `That code has already been used. Your app shows the next one in ${lastingIn('en', wait)}.`,
    },
  },
  de: {
    name: 'Authenticator-App',
    hint: 'Ein sechsstelliger Code von Ihrem Telefon',
    refused: {
      wrong: () =>
        'Dieser Code stimmt nicht. Codes wechseln alle 30 Sekunden: Nehmen Sie den, der jetzt angezeigt wird.',
      malformed: () => 'Der Code hat 6 Ziffern. Geben Sie den ein, den Ihre App jetzt zeigt.',
      replayed: (wait: number) =>
        `Dieser Code wurde schon benutzt. Ihre App zeigt den nächsten in ${lastingIn('de', wait)}.`,
    },
  },
});

/** Beside one that an administrator registered. */
export const registeredNote = inEveryLanguage({
  en: 'registered by an administrator',
  de: 'von der Verwaltung eingetragen',
});

export const pages = inEveryLanguage({
  en: {
    code: 'Code',
    askTitle: 'Enter the code from your app',
    askLead: (issuer: string) => ['Open your authenticator app and look for ', issuer, '.'] as const,
    offerTitle: 'Set up your authenticator app',
    offerLead: 'From then on, signing in takes your phone as well as your password.',
    install: 'Get an authenticator app on your phone, if you have none. Any will do, for example:',
    scan: 'In the app, choose “Add” or “+” and scan this picture.',
    picture: 'QR code for your authenticator app; below it is the same as text',
    cannotScan: 'Can’t scan it?',
    typeIt: 'Choose “Enter a key” in the app and type this:',
    openApp: 'Open an app on this device',
    copy: 'Copy',
    copied: 'Copied',
    confirm: 'Type the code the app shows now.',
    missed:
      'Still not right? Check that your phone sets its clock by itself, and that the camera saw the whole picture.',
    help: 'Help',
  },
  de: {
    code: 'Code',
    askTitle: 'Geben Sie den Code aus Ihrer App ein',
    askLead: (issuer: string) => ['Öffnen Sie Ihre Authenticator-App und suchen Sie ', issuer, '.'] as const,
    offerTitle: 'Richten Sie Ihre Authenticator-App ein',
    offerLead: 'Von da an braucht es Ihr Telefon und Ihr Passwort, um sich anzumelden.',
    install: 'Holen Sie sich eine Authenticator-App aufs Telefon, falls Sie keine haben. Jede passt, zum Beispiel:',
    scan: 'Wählen Sie in der App „Hinzufügen“ oder „+“ und scannen Sie dieses Bild.',
    picture: 'QR-Code für Ihre Authenticator-App; darunter steht dasselbe als Text',
    cannotScan: 'Scannen geht nicht?',
    typeIt: 'Wählen Sie in der App „Schlüssel eingeben“ und tippen Sie dies ein:',
    openApp: 'App auf diesem Gerät öffnen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    confirm: 'Geben Sie den Code ein, den die App jetzt zeigt.',
    missed:
      'Immer noch nicht richtig? Prüfen Sie, ob Ihr Telefon die Uhr selbst stellt und ob die Kamera das ganze Bild gesehen hat.',
    help: 'Hilfe',
  },
});
