import { sendPage } from '../../otp/code-page.tsx';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import type { View } from '../../ui/view.ts';
import { callingCode } from './rules.ts';
import { pages } from './words.ts';

interface Typed {
  readonly country: string;
  readonly number: string;
}

/**
 * @param countries whose numbers get codes, the one to propose first
 * @param taken whether codes can go to what was typed before
 */
export const wherePage =
  (countries: readonly string[], { country, number }: Typed, taken: boolean): View =>
  (language, wrong) => {
    const say = pages[language];
    return sendPage(language, {
      title: say.whereTitle,
      lead: say.whereLead,
      body: (
        <>
          <Note>{say.risk}</Note>
          <Select
            label={say.country}
            name="country"
            prompt={say.prompt}
            options={named(countries, language)}
            chosen={country || (countries[0] ?? '')}
          />
          <Field
            label={say.number}
            name="number"
            type="tel"
            autocomplete="tel"
            maxlength={32}
            value={number}
            autofocus
            wrong={wrong === null || taken ? wrong : say.noNumber}
          />
        </>
      ),
    });
  };

/** "Germany (+49)", in the order of the language. */
function named(countries: readonly string[], language: Language) {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return countries
    .map((value) => ({ value, label: `${names.of(value) ?? value} (${callingCode(value)})` }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}
