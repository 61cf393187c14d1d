import { sendPage } from '../../otp/code-page.tsx';
import { Field } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import type { View } from '../../ui/view.ts';
import { pages } from './words.ts';

/** @param taken whether codes can go to what was typed before */
export const wherePage =
  (address: string, taken: boolean): View =>
  (language, wrong) => {
    const say = pages[language];
    return sendPage(language, {
      title: say.whereTitle,
      lead: say.whereLead,
      body: (
        <>
          <Note>{say.risk}</Note>
          <Field
            label={say.address}
            name="address"
            type="email"
            autocomplete="email"
            maxlength={254}
            value={address}
            autofocus
            wrong={wrong === null || taken ? wrong : say.noAddress}
          />
        </>
      ),
    });
  };
