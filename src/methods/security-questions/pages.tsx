import type { JSX } from 'preact';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import { Select } from '../../ui/select.tsx';
import type { View } from '../../ui/view.ts';
import { Wrong } from '../../ui/wrong.tsx';
import { asked, type QuestionId, questionIds } from './questions.ts';
import type { Flaw, Given, LengthRules } from './rules.ts';
import { pages } from './words.ts';

const longestTyped = 200;

/** All at once: which of them was wrong is nobody's to learn. */
export const askPage =
  (questions: readonly QuestionId[]): View =>
  (language, wrong) => ({
    title: pages[language].askTitle,
    lead: pages[language].askLead,
    body: (
      <>
        {questions.map((question, at) => (
          <Field
            key={question}
            label={asked(question, language)}
            name={`answer${at + 1}`}
            type="text"
            autocomplete="off"
            maxlength={longestTyped}
            autofocus={at === 0}
          />
        ))}
        {wrong !== null && <Wrong id="answers-wrong">{wrong}</Wrong>}
      </>
    ),
  });

interface Offer {
  readonly given: readonly Given[];
  readonly flaws: readonly Flaw[];
  readonly rules: LengthRules;
}

export const offerPage =
  ({ given, flaws, rules }: Offer): View =>
  (language) => {
    const say = pages[language];
    return {
      title: say.offerTitle,
      lead: say.offerLead,
      button: say.save,
      body: (
        <ol class="questions">
          {given.map((one, at) => {
            const flaw = flaws.find((some) => some.at === at);
            const wrong = flaw === undefined ? null : say.weak[flaw.weakness](rules);
            return (
              <Question key={`question${at + 1}`} n={at + 1} language={language} one={one} flaw={flaw} wrong={wrong} />
            );
          })}
        </ol>
      ),
    };
  };

function Question(props: {
  n: number;
  language: Language;
  one: Given;
  flaw: Flaw | undefined;
  wrong: string | null;
}): JSX.Element {
  const { n, language, one, flaw, wrong } = props;
  const say = pages[language];
  const ofQuestion = flaw?.weakness === 'no-question' || flaw?.weakness === 'same-question';
  return (
    <li class="stack">
      <Select
        label={say.question(n)}
        name={`question${n}`}
        prompt={say.choose}
        options={questionIds.map((id) => ({ value: id, label: asked(id, language) }))}
        chosen={one.question}
        wrong={ofQuestion ? wrong : null}
      />
      <Field
        label={say.answer}
        name={`answer${n}`}
        type="text"
        autocomplete="off"
        maxlength={longestTyped}
        value={one.answer}
        wrong={ofQuestion ? null : wrong}
      />
    </li>
  );
}
