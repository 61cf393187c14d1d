import { inEveryLanguage } from '../../ui/language.ts';

const seconds = (wait: number): number => Math.max(1, Math.ceil(wait / 1000));

export const words = inEveryLanguage({
  en: {
    name: 'Hardware token',
    hint: 'The code on a small device you carry',
    refused: {
      wrong: () => 'That doesn’t fit. Check the digits, or wait for the next code and type that.',
      malformed: () => 'A code has 6 or 8 digits. Type the one your token shows now.',
      replayed: (wait: number) =>
        wait === 0
          ? 'That code has already been used. Press the button for the next one.'
          : `That code has already been used. Your token shows the next one in ${seconds(wait)} s.`,
      limited: () => 'Too many wrong codes for this token. Ask your administrator to give it to you.',
    },
  },
  de: {
    name: 'Hardware-Token',
    hint: 'Der Code auf einem kleinen Gerät, das Sie bei sich haben',
    refused: {
      wrong: () => 'Das passt nicht. Prüfen Sie die Ziffern oder warten Sie auf den nächsten Code.',
      malformed: () => 'Ein Code hat 6 oder 8 Ziffern. Geben Sie den ein, den Ihr Token jetzt zeigt.',
      replayed: (wait: number) =>
        wait === 0
          ? 'Dieser Code wurde schon benutzt. Drücken Sie den Knopf für den nächsten.'
          : `Dieser Code wurde schon benutzt. Ihr Token zeigt den nächsten in ${seconds(wait)} s.`,
      limited: () => 'Zu viele falsche Codes für dieses Token. Bitten Sie Ihre Administration, es Ihnen zu geben.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    askTitle: 'Enter the code from your token',
    askLead: 'Read it off your hardware token. If it has a button, press it first.',
    code: 'Code',
    outOfStep: 'Code not accepted?',
    strayTitle: 'Get your token back in step',
    strayLead: 'A token that lay in a drawer, or was pressed often, runs ahead. Two codes in a row put that right.',
    first: 'The code it shows now',
    next: 'The code after that',
    inStep: 'Type one code instead',
    offerTitle: 'Set up your hardware token',
    offerLead: 'The small device your organisation gave you. From then on it shows the code for signing in.',
    serial: 'Serial number on the back',
    setUp: 'Set up token',
    help: 'Help',
  },
  de: {
    askTitle: 'Geben Sie den Code Ihres Tokens ein',
    askLead: 'Lesen Sie ihn von Ihrem Hardware-Token ab. Hat es einen Knopf, drücken Sie ihn zuerst.',
    code: 'Code',
    outOfStep: 'Code nicht angenommen?',
    strayTitle: 'Bringen Sie Ihr Token wieder in Takt',
    strayLead: 'Ein Token, das lange lag oder oft gedrückt wurde, eilt voraus. Zwei Codes nacheinander beheben das.',
    first: 'Der Code, den es jetzt zeigt',
    next: 'Der Code danach',
    inStep: 'Nur einen Code eingeben',
    offerTitle: 'Richten Sie Ihr Hardware-Token ein',
    offerLead: 'Das kleine Gerät von Ihrer Organisation. Es zeigt von da an den Code zum Anmelden.',
    serial: 'Seriennummer auf der Rückseite',
    setUp: 'Token einrichten',
    help: 'Hilfe',
  },
});
