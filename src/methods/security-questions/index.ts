import { newId } from '../../kernel/ids.ts';
import { defineMethod, type Form } from '../method.ts';
import questionsSql from './0001-security-questions.sql';
import { commonAnswers } from './common-answers.ts';
import { askPage, offerPage } from './pages.tsx';
import { isQuestion, questionIds, wordingsOf } from './questions.ts';
import { type Flaw, flawsOf, type Given, howMany, together } from './rules.ts';
import { questionSettings } from './settings.ts';
import { findAnswers, removeAnswers, saveAnswers, saveUse } from './store.ts';
import { words } from './words.ts';

const knows = {
  kinds: ['knowledge'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  standsIn: true,
  amr: ['kba'],
} as const;

const longest = 100;

/** Three answers, hashed as one. They stand in for a second factor where a rule names them, and are never worth one. */
export const method = defineMethod({
  id: 'security-questions',
  role: 'second',
  onlyWhereNamed: true,
  one: true,
  hangsOn: 'head',
  icon: 'question',
  words,
  settings: questionSettings,
  migrations: [{ name: 'security-questions/0001', sql: questionsSql }],
  sealed: [],

  open({ database, clock, chance, hash }, settings) {
    const rules = { ...settings, longest };
    return {
      best: knows,

      async list(handle, account) {
        const stored = await findAnswers(handle, account);
        return stored === null ? [] : [stored.credential];
      },

      async ask({ account }) {
        const stored = await findAnswers(database.read, account);
        return askPage(questionsOf(stored?.questions ?? questionIds));
      },

      // One hash, whoever is asked and whatever is typed.
      async check({ account }, form) {
        const stored = await findAnswers(database.read, account);
        const typed = together(givenIn(form, stored?.questions ?? questionIds));
        const right = await hash.matches(typed, stored?.phc ?? null);
        if (!right || stored === null) return { is: 'refused', because: 'wrong' };
        const phc = hash.outdated(stored.phc) ? await hash.hash(typed) : stored.phc;
        const { id } = stored.credential;
        return { is: 'proven', credential: id, evidence: knows, consume: (tx) => saveUse(tx, id, clock.now(), phc) };
      },

      async offer({ memo }) {
        const given = JSON.parse(memo.get('given') ?? '[]') as readonly Given[];
        const flaws = JSON.parse(memo.get('flaws') ?? '[]') as readonly Flaw[];
        return offerPage({ given: given.length === howMany ? given : nothingYet, flaws, rules });
      },

      async enrol({ account, name, memo }, form) {
        const given = givenIn(form);
        const flaws = flawsOf(given, {
          rules,
          common: commonAnswers,
          names: [name, 'sallyport'],
          wordingsOf: (id) => (isQuestion(id) ? wordingsOf(id) : null),
        });
        if (account === null || flaws.length > 0) {
          memo.set('given', JSON.stringify(given)).set('flaws', JSON.stringify(flaws));
          return { is: 'again', because: 'malformed' };
        }
        const phc = await hash.hash(together(given));
        const questions = given.map(({ question }) => question);
        return {
          is: 'ready',
          evidence: knows,
          async save(tx, bound) {
            const id = newId<'credential'>(chance);
            await saveAnswers(tx, { id, account, questions, phc, bound });
            memo.clear();
            return id;
          },
        };
      },

      remove: removeAnswers,
    };
  },
});

const numbers = Array.from({ length: howMany }, (_, at) => at);
const nothingYet: readonly Given[] = numbers.map(() => ({ question: '', answer: '' }));

const questionsOf = (ids: readonly string[]) => ids.filter(isQuestion).slice(0, howMany);

/** What a form says, to the questions it names or to those that were asked. */
const givenIn = (form: Form, questions?: readonly string[]): readonly Given[] =>
  numbers.map((at) => ({
    question: questions?.[at] ?? form[`question${at + 1}`] ?? '',
    answer: form[`answer${at + 1}`] ?? '',
  }));
