import type { JSX } from 'preact';
import { CodeField } from '../../ui/code-field.tsx';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import type { View } from '../../ui/view.ts';
import { pages } from './words.ts';

/** How many codes are asked for: two when the token is out of step. */
export interface Asking {
  readonly two: boolean;
  /** Wrong codes so far: after one it may be out of step. */
  readonly misses: number;
  readonly digits: number;
}

export const askPage =
  ({ two, misses, digits }: Asking): View =>
  (language, wrong) => {
    const say = pages[language];
    if (two)
      return {
        title: say.strayTitle,
        lead: say.strayLead,
        body: <TwoCodes language={language} wrong={wrong} autofocus />,
        also: <Turn to="one" label={say.inStep} />,
      };
    return {
      title: say.askTitle,
      lead: say.askLead,
      body: <CodeField label={say.code} digits={digits} wrong={wrong} />,
      ...(misses > 0 && { also: <Turn to="two" label={say.outOfStep} /> }),
    };
  };

export const offerPage =
  ({ two, misses, serial, helpLine }: Omit<Asking, 'digits'> & { serial: string; helpLine: string | null }): View =>
  (language, wrong) => {
    const say = pages[language];
    return {
      title: two ? say.strayTitle : say.offerTitle,
      lead: two ? say.strayLead : say.offerLead,
      button: say.setUp,
      body: (
        <>
          <Field
            label={say.serial}
            name="serial"
            type="text"
            autocomplete="off"
            maxlength={64}
            value={serial}
            autofocus={serial === ''}
          />
          {two ? (
            <TwoCodes language={language} wrong={wrong} autofocus={false} />
          ) : (
            <Code label={say.first} name="code" wrong={wrong} />
          )}
          {helpLine !== null && (
            <p class="hint">
              {say.help}: {helpLine}
            </p>
          )}
        </>
      ),
      ...(two && { also: <Turn to="one" label={say.inStep} /> }),
      ...(!two && misses > 0 && { also: <Turn to="two" label={say.outOfStep} /> }),
    };
  };

const TwoCodes = (props: { language: Language; wrong: string | null; autofocus: boolean }): JSX.Element => (
  <>
    <Code label={pages[props.language].first} name="code" autofocus={props.autofocus} />
    <Code label={pages[props.language].next} name="next" wrong={props.wrong} />
  </>
);

/** One that does not send itself: another field comes before it or after. */
const Code = (props: { label: string; name: string; autofocus?: boolean; wrong?: string | null }): JSX.Element => (
  <Field {...props} class="code" type="text" inputmode="numeric" autocomplete="off" maxlength={16} />
);

/** From one code to two and back; nothing that was typed is weighed. */
const Turn = ({ to, label }: { to: 'one' | 'two'; label: string }): JSX.Element => (
  <button class="quiet wide" type="submit" name="codes" value={to} formnovalidate>
    {label}
  </button>
);
