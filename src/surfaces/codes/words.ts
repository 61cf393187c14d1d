import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    title: (n: number) => (n === 1 ? 'One backup code is left' : `${n} backup codes are left`),
    lead: 'You are signed in. Get new codes while you still have some: the old ones then end, and the new ones are good for fifteen bad days.',
    more: 'Get new codes',
    on: 'Not now',
    enough: {
      title: 'You have enough backup codes',
      lead: 'Keep them where you find them without your phone.',
      on: 'Continue',
    },
    act: (what: string) => `get new “${what}”`,
  },
  de: {
    title: (n: number) => (n === 1 ? 'Ein Ersatzcode ist übrig' : `${n} Ersatzcodes sind übrig`),
    lead: 'Sie sind angemeldet. Holen Sie sich neue, solange Sie noch welche haben: Die alten gelten dann nicht mehr, und die neuen reichen für fünfzehn schlechte Tage.',
    more: 'Neue Codes holen',
    on: 'Jetzt nicht',
    enough: {
      title: 'Sie haben genug Ersatzcodes',
      lead: 'Bewahren Sie sie so auf, dass Sie sie ohne Ihr Telefon finden.',
      on: 'Weiter',
    },
    act: (what: string) => `neue „${what}“ holen`,
  },
});
