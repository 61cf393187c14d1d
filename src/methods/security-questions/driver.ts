import type { Driver, Hand } from '../conformance.ts';

const answers = ({ person }: Hand) => ({
  answer1: `the drummers ${person}`,
  answer2: `behind the piano ${person}`,
  answer3: `a blue kite ${person}`,
});

/** How a test owns security questions: nobody else gives the same answers. */
export const driver: Driver = {
  set: (hand) => ({
    question1: 'first-concert',
    question2: 'hiding-place',
    question3: 'lost-thing',
    ...answers(hand),
  }),
  right: answers,
  wrong: (hand) => ({ ...answers(hand), answer3: 'a red kite' }),
  serves: 'again and again',
};
