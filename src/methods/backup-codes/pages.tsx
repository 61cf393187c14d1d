import { Field } from '../../ui/field.tsx';
import { CopyButton, PrintButton } from '../../ui/tools.tsx';
import type { View } from '../../ui/view.ts';
import { Wrong } from '../../ui/wrong.tsx';
import { grouped } from './rules.ts';
import { pages } from './words.ts';

export const askPage: View = (language, wrong) => {
  const say = pages[language];
  return {
    title: say.askTitle,
    lead: say.askLead,
    body: (
      <Field
        label={say.code}
        name="code"
        class="code long"
        type="text"
        autocomplete="off"
        maxlength={40}
        autofocus
        wrong={wrong}
      />
    ),
  };
};

/** Download is a link that carries its own content, so that the codes pass through no further address and need no script. */
export const offerPage =
  (codes: readonly string[]): View =>
  (language, wrong) => {
    const say = pages[language];
    const lines = codes.map(grouped);
    const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${say.file}\n\n${lines.join('\n')}\n`)}`;
    return {
      title: say.offerTitle,
      lead: say.offerLead,
      body: (
        <>
          <ol class="codes">
            {lines.map((line) => (
              <li key={line}>
                <bdi dir="ltr">{line}</bdi>
              </li>
            ))}
          </ol>
          <div class="bar">
            <a class="button second" href={file} download="sallyport-backup-codes.txt">
              {say.download}
            </a>
            <PrintButton label={say.print} />
            <CopyButton id="codes-copied" text={lines.join('\n')} label={say.copy} copied={say.copied} />
          </div>
          <div class="check">
            <input
              type="checkbox"
              id="stored"
              name="stored"
              value="yes"
              {...(wrong !== null && { 'aria-invalid': true, 'aria-describedby': 'stored-wrong' })}
            />
            <label for="stored">{say.stored}</label>
          </div>
          {wrong !== null && <Wrong id="stored-wrong">{say.notStored}</Wrong>}
        </>
      ),
    };
  };
