import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    title: 'Send this?',
    lead: (site: string) => `It waits to go to ${site}. It has not been sent yet, and will be sent once.`,
    hidden: (n: number) =>
      n === 1 ? 'One more field is sent and not shown.' : `${n} more fields are sent and not shown.`,
    send: 'Send',
    leave: 'Don’t send',
  },
  de: {
    title: 'Das senden?',
    lead: (site: string) =>
      `Es wartet darauf, an ${site} zu gehen. Es ist noch nicht gesendet und wird einmal gesendet.`,
    hidden: (n: number) =>
      n === 1
        ? 'Ein weiteres Feld wird gesendet und nicht gezeigt.'
        : `${n} weitere Felder werden gesendet und nicht gezeigt.`,
    send: 'Senden',
    leave: 'Nicht senden',
  },
});
