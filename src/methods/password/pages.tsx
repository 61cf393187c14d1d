import type { JSX } from 'preact';
import { Field } from '../../ui/field.tsx';
import type { View } from '../../ui/view.ts';
import type { LengthRules } from './rules.ts';
import { pages, type Refused } from './words.ts';

/** Seen by password managers alone, so that they know whose password to fill or keep. */
const WhoseIsIt = ({ name }: { name: string }): JSX.Element => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: tabindex -1 keeps the focus away; password managers look for it all the same
  <input class="unseen" type="text" autocomplete="username" value={name} readonly tabindex={-1} aria-hidden="true" />
);

export const askPage =
  (name: string): View =>
  (language, wrong) => ({
    title: pages[language].title,
    body: (
      <>
        <WhoseIsIt name={name} />
        <Field
          label={pages[language].password}
          name="password"
          type="password"
          autocomplete="current-password"
          autofocus
          reveal={pages[language].show}
          wrong={wrong}
        />
      </>
    ),
  });

export const offerPage =
  (name: string, rules: LengthRules, refused: Refused | null): View =>
  (language) => {
    const say = pages[language];
    return {
      title: say.newTitle,
      lead: say.newLead(rules.shortest),
      button: say.save,
      body: (
        <>
          <WhoseIsIt name={name} />
          <Field
            label={say.newPassword}
            name="password"
            type="password"
            autocomplete="new-password"
            autofocus
            reveal={say.show}
            wrong={refused === null ? null : say.weak[refused](rules)}
          />
        </>
      ),
    };
  };
