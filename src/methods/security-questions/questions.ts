import { type InEveryLanguage, type Language, languages } from '../../ui/language.ts';

/**
 * What may be asked: things that rarely change, that few others know, and that people do not put on show. Nobody writes
 * their own (OWASP, Choosing and Using Security Questions). An id is kept with the answers: never rename one.
 */
const questions = {
  'first-concert': { en: 'Which concert was your first?', de: 'Welches Konzert war Ihr erstes?' },
  'school-not-attended': {
    en: 'Where did you apply but never study?',
    de: 'Wo haben Sie sich beworben und nie gelernt?',
  },
  'hiding-place': { en: 'Where did you hide as a child?', de: 'Wo haben Sie sich als Kind versteckt?' },
  'first-dish': { en: 'What did you learn to cook first?', de: 'Was konnten Sie als Erstes kochen?' },
  'strict-teacher': { en: 'Who was your strictest teacher?', de: 'Wer war Ihre strengste Lehrkraft?' },
  'first-wage': { en: 'What did you buy with your first wage?', de: 'Was kauften Sie vom ersten Lohn?' },
  'lost-thing': { en: 'Which lost thing do you still miss?', de: 'Welches verlorene Ding vermissen Sie?' },
  'broken-thing': { en: 'What did you break and keep quiet about?', de: 'Was haben Sie heimlich zerbrochen?' },
  'soft-toy': { en: 'What was your first soft toy called?', de: 'Wie hieß Ihr erstes Kuscheltier?' },
  neighbours: { en: 'Who lived next door when you were ten?', de: 'Wer wohnte nebenan, als Sie zehn waren?' },
  'oddest-present': { en: 'What was your oddest present ever?', de: 'Was war Ihr seltsamstes Geschenk?' },
  'way-to-school': { en: 'What did you pass on your way to school?', de: 'Woran kamen Sie auf dem Schulweg vorbei?' },
} as const satisfies Record<string, InEveryLanguage<string>>;

export type QuestionId = keyof typeof questions;

export const questionIds = Object.keys(questions) as readonly QuestionId[];

export const isQuestion = (id: string): id is QuestionId => Object.hasOwn(questions, id);

export const asked = (id: QuestionId, language: Language): string => questions[id][language];

/** In all languages: whoever knows the question knows its words. */
export const wordingsOf = (id: QuestionId): readonly string[] => languages.map((language) => questions[id][language]);
