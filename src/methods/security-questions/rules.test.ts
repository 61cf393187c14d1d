import { describe, expect, test } from 'vitest';
import { languages } from '../../ui/language.ts';
import { commonAnswers } from './common-answers.ts';
import { asked, isQuestion, questionIds, wordingsOf } from './questions.ts';
import { flawsOf, normalised, together } from './rules.ts';

const known = {
  rules: { shortest: 4, longest: 100 },
  common: commonAnswers,
  names: ['ann.lee@example.org', 'sallyport'],
  wordingsOf: (id: string) => (isQuestion(id) ? wordingsOf(id) : null),
};
const good = [
  { question: 'first-concert', answer: 'The drummers of Burundi' },
  { question: 'hiding-place', answer: 'Behind the piano' },
  { question: 'lost-thing', answer: 'A blue kite' },
];
/** What is wrong with an answer to the last question. */
const flaw = (answer: string, question = 'lost-thing') =>
  flawsOf([...good.slice(0, 2), { question, answer }], known).map(({ at, weakness }) => `${at} ${weakness}`);

test.each([
  ['  Behind   the piano ', 'behind the piano'],
  ['BEHIND THE PIANO!', 'behind the piano'],
  ['“Behind the piano.”', 'behind the piano'],
  ['St. Mary’s', 'st. mary’s'],
  ['Straße', 'strasse'],
  ['STRASSE', 'strasse'],
  ['e\u0301clair', '\u00e9clair'],
  ['Ｐｉａｎｏ', 'piano'],
  ['ﬁddle', 'fiddle'],
  ['...', ''],
])('"%s" counts as "%s"', (typed, counts) => {
  expect(normalised(typed)).toBe(counts);
  expect(normalised(normalised(typed))).toBe(counts);
});

test('answers are weighed together, each to its own question', () => {
  const [one, two, three] = good;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three are given');
  const all = together(good);
  expect(together([{ ...one, answer: one.answer.toUpperCase() }, two, three])).toBe(all);
  expect(together([{ ...one, answer: two.answer }, { ...two, answer: one.answer }, three])).not.toBe(all);
  expect(together([two, one, three])).not.toBe(all);
  expect(together([{ ...one, answer: `${one.answer}\nhiding-place=behind the piano` }, two, three])).not.toBe(all);
});

describe('an answer', () => {
  test('that few can guess will do', () => {
    expect(flawsOf(good, known)).toEqual([]);
    expect(flaw('Omas Taschenuhr')).toEqual([]);
  });

  test.each([
    ['', '2 too-short'],
    ['cat', '2 too-short'],
    ['  a b  ', '2 too-short'],
    ['aaaaaaaa', '2 too-short'],
    ['x yz'.repeat(40), '2 too-long'],
    ['Password', '2 common'],
    ['WEISS NICHT', '2 common'],
    ['Weiß nicht', '2 common'],
    ['Ann.Lee', '2 about-you'],
    ['ann lee 99', '2 about-you'],
    ['Lee', '2 too-short'],
    ['annual fair', ''],
    ['example', '2 about-you'],
    ['Sallyport!', '2 about-you'],
    ['lost thing', '2 in-question'],
    ['Verlorene', '2 in-question'],
    ['behind THE piano', '2 same-answer'],
  ])('"%s": %s', (answer, expected) => {
    expect(flaw(answer).join()).toBe(expected);
  });

  test('needs a question of the list, and each its own', () => {
    expect(flaw('A blue kite', '')).toEqual(['2 no-question']);
    expect(flaw('A blue kite', 'toString')).toEqual(['2 no-question']);
    expect(flaw('A blue kite', 'mothers-maiden-name')).toEqual(['2 no-question']);
    expect(flaw('A blue kite', 'hiding-place')).toEqual(['2 same-question']);
  });

  test('is told all its flaws at once', () => {
    const nothing = [1, 2, 3].map(() => ({ question: '', answer: '' }));
    expect(flawsOf(nothing, known).map(({ at }) => at)).toEqual([0, 1, 2]);
  });
});

test('there are questions enough, each with its own words in every language', () => {
  expect(questionIds.length).toBeGreaterThanOrEqual(10);
  for (const language of languages)
    expect(new Set(questionIds.map((id) => asked(id, language))).size).toBe(questionIds.length);
});

test('what is tried first is written as answers are compared', () => {
  for (const answer of commonAnswers) expect(normalised(answer)).toBe(answer);
});
