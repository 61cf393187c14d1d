import { inEveryLanguage } from '../ui/language.ts';
import { lastingIn } from '../ui/moment.ts';

/** What is said of a code that was sent, however it was. */
export const refusals = inEveryLanguage({
  en: {
    wrong: () => 'That code isn’t right. Only the code in the newest message works.',
    malformed: () => 'The code has 6 digits.',
    expired: () => 'That code doesn’t work any more. Have a new one sent.',
    replayed: () => 'That code has already been used. Have a new one sent.',
    limited: (wait: number) => `We have just sent one. The next can be sent in ${lastingIn('en', wait)}.`,
  },
  de: {
    wrong: () => 'Dieser Code stimmt nicht. Es gilt nur der aus der neuesten Nachricht.',
    malformed: () => 'Der Code hat 6 Ziffern.',
    expired: () => 'Dieser Code gilt nicht mehr. Lassen Sie sich einen neuen schicken.',
    replayed: () => 'Dieser Code wurde schon benutzt. Lassen Sie sich einen neuen schicken.',
    limited: (wait: number) => `Eben wurde einer geschickt. Der nächste geht in ${lastingIn('de', wait)}.`,
  },
});

export const pages = inEveryLanguage({
  en: {
    code: 'Code',
    send: 'Send code',
    until: ['It works until ', '. A new one replaces it.'],
    again: 'Send a new code',
    from: ['You can have a new one from ', '.'],
    counting: ['You can have a new one in ', '.'],
    ready: 'You can have a new one now.',
  },
  de: {
    code: 'Code',
    send: 'Code schicken',
    until: ['Er gilt bis ', '. Ein neuer löst ihn ab.'],
    again: 'Neuen Code schicken',
    from: ['Einen neuen gibt es ab ', '.'],
    counting: ['Einen neuen gibt es in ', '.'],
    ready: 'Jetzt gibt es einen neuen.',
  },
});
