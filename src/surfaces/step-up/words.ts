import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    title: 'Thank you, that’s you',
    lead: 'One press is left. You wanted to:',
    go: 'Continue',
    cancel: 'Cancel',
  },
  de: {
    title: 'Danke, das sind Sie',
    lead: 'Ein Knopfdruck fehlt noch. Sie wollten:',
    go: 'Weiter',
    cancel: 'Abbrechen',
  },
});
