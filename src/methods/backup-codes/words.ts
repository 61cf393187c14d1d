import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Backup codes',
    hint: 'One of the codes you stored',
    refused: {
      wrong: () => 'That is not one of your backup codes. Check it against your list.',
      malformed: () => 'A backup code has 16 letters and digits, like FK6S-Y954-1SJ3-EQHB.',
      replayed: () => 'That code has already been used. Take the next one on your list.',
    },
  },
  de: {
    name: 'Ersatzcodes',
    hint: 'Einer der Codes, die Sie aufbewahren',
    refused: {
      wrong: () => 'Das ist keiner Ihrer Ersatzcodes. Vergleichen Sie ihn mit Ihrer Liste.',
      malformed: () => 'Ein Ersatzcode hat 16 Buchstaben und Ziffern, etwa FK6S-Y954-1SJ3-EQHB.',
      replayed: () => 'Dieser Code wurde schon benutzt. Nehmen Sie den nächsten auf Ihrer Liste.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    code: 'Code',
    askTitle: 'Enter a backup code',
    askLead: 'Each code works once. Cross it off your list afterwards.',
    offerTitle: 'Keep these 15 backup codes',
    offerLead: 'Each one gets you in once if you lose your phone. We will not show them again.',
    download: 'Download',
    print: 'Print',
    copy: 'Copy',
    copied: 'Copied',
    stored: 'I have stored them in a safe place',
    notStored: 'Store the codes first, then tick the box: without them a lost phone locks you out.',
    file: 'Backup codes for Sallyport. Each one works once. Keep them somewhere safe.',
  },
  de: {
    code: 'Code',
    askTitle: 'Geben Sie einen Ersatzcode ein',
    askLead: 'Jeder Code gilt einmal. Streichen Sie ihn danach von Ihrer Liste.',
    offerTitle: 'Bewahren Sie diese 15 Ersatzcodes auf',
    offerLead: 'Jeder lässt Sie einmal hinein, wenn Sie Ihr Telefon verlieren. Wir zeigen sie nicht noch einmal.',
    download: 'Herunterladen',
    print: 'Drucken',
    copy: 'Kopieren',
    copied: 'Kopiert',
    stored: 'Ich habe sie sicher aufbewahrt',
    notStored:
      'Bewahren Sie die Codes zuerst auf und setzen Sie dann das Häkchen: Ohne sie sperrt ein verlorenes Telefon Sie aus.',
    file: 'Ersatzcodes für Sallyport. Jeder gilt einmal. Bewahren Sie sie sicher auf.',
  },
});
