import { inEveryLanguage } from '../../ui/language.ts';
import type { LengthRules, Weakness } from './rules.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Security questions',
    hint: 'Three questions only you can answer',
    refused: {
      wrong: () => 'The answers don’t all fit. Spelling counts; capital letters and extra spaces don’t.',
    },
  },
  de: {
    name: 'Sicherheitsfragen',
    hint: 'Drei Fragen, die nur Sie beantworten können',
    refused: {
      wrong: () =>
        'Die Antworten stimmen nicht alle. Auf die Schreibweise kommt es an, auf Großbuchstaben und Leerzeichen nicht.',
    },
  },
});

interface QuestionPages {
  readonly askTitle: string;
  readonly askLead: string;
  readonly offerTitle: string;
  readonly offerLead: string;
  readonly question: (n: number) => string;
  readonly choose: string;
  readonly answer: string;
  readonly save: string;
  readonly weak: Readonly<Record<Weakness, (rules: LengthRules) => string>>;
}

export const pages = inEveryLanguage<QuestionPages>({
  en: {
    askTitle: 'Answer your questions',
    askLead: 'As you answered them when you set them up.',
    offerTitle: 'Choose three questions',
    offerLead: 'Take answers that you will still know in years, and that nobody finds out about you.',
    question: (n) => `Question ${n}`,
    choose: 'Choose a question',
    answer: 'Your answer',
    save: 'Save answers',
    weak: {
      'no-question': () => 'Choose a question.',
      'same-question': () => 'You have chosen this question already. Take another one.',
      'too-short': ({ shortest }) => `That is too short to be hard to guess: at least ${shortest} letters, please.`,
      'too-long': ({ longest }) => `That is too long: at most ${longest} characters.`,
      'in-question': () => 'The question itself gives that answer away. Take another one.',
      'about-you': () => 'That is your name, or nearly. Take an answer that isn’t on your account.',
      common: () => 'Many people answer that, so it is tried first. Choose another answer or another question.',
      'same-answer': () => 'You have given this answer already. Each question needs its own.',
    },
  },
  de: {
    askTitle: 'Beantworten Sie Ihre Fragen',
    askLead: 'So, wie Sie sie beim Einrichten beantwortet haben.',
    offerTitle: 'Wählen Sie drei Fragen',
    offerLead: 'Nehmen Sie Antworten, die Sie auch in Jahren noch wissen und die niemand über Sie herausfindet.',
    question: (n) => `Frage ${n}`,
    choose: 'Wählen Sie eine Frage',
    answer: 'Ihre Antwort',
    save: 'Antworten speichern',
    weak: {
      'no-question': () => 'Wählen Sie eine Frage.',
      'same-question': () => 'Diese Frage haben Sie schon gewählt. Nehmen Sie eine andere.',
      'too-short': ({ shortest }) => `Das ist so kurz, dass man es errät: bitte mindestens ${shortest} Buchstaben.`,
      'too-long': ({ longest }) => `Das ist zu lang: höchstens ${longest} Zeichen.`,
      'in-question': () => 'Diese Antwort verrät schon die Frage. Nehmen Sie eine andere.',
      'about-you': () => 'Das ist fast Ihr Name. Nehmen Sie eine Antwort, die nicht in Ihrem Konto steht.',
      common: () =>
        'Das antworten viele, also wird es zuerst probiert. Nehmen Sie eine andere Antwort oder eine andere Frage.',
      'same-answer': () => 'Diese Antwort haben Sie schon gegeben. Jede Frage braucht ihre eigene.',
    },
  },
});
