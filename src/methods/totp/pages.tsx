import { CodeField } from '../../ui/code-field.tsx';
import { Note } from '../../ui/note.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { CopyButton } from '../../ui/tools.tsx';
import type { View } from '../../ui/view.ts';
import type { TotpSettings } from './settings.ts';
import { pages } from './words.ts';

export const askPage =
  ({ issuer }: TotpSettings, digits: number): View =>
  (language, wrong) => {
    const say = pages[language];
    const [before, name, after] = say.askLead(issuer);
    return {
      title: say.askTitle,
      lead: (
        <>
          {before}
          <b>{name}</b>
          {after}
        </>
      ),
      body: <CodeField label={say.code} digits={digits} wrong={wrong} />,
    };
  };

interface Offer {
  readonly secret: string;
  readonly uri: string;
  readonly settings: TotpSettings;
  /** Wrong codes so far: after two it is probably a clock or a camera. */
  readonly misses: number;
}

export const offerPage =
  ({ secret, uri, settings, misses }: Offer): View =>
  (language, wrong) => {
    const say = pages[language];
    return {
      title: say.offerTitle,
      lead: say.offerLead,
      body: (
        <>
          <ol class="steps">
            <li>
              {say.install}
              <ul class="apps">
                {settings.apps.map(({ name, android, ios }) => (
                  <li key={name}>
                    <span>{name}</span>
                    <a href={android} aria-label={`${name}, Android`}>
                      Android
                    </a>
                    <a href={ios} aria-label={`${name}, iPhone`}>
                      iPhone
                    </a>
                  </li>
                ))}
              </ul>
            </li>
            <li>
              {say.scan}
              <QrCode text={uri} label={say.picture} />
              <details>
                <summary>{say.cannotScan}</summary>
                <div class="stack">
                  <p>{say.typeIt}</p>
                  <bdi class="secret" dir="ltr">
                    {secret.match(/.{1,4}/g)?.join(' ')}
                  </bdi>
                  <div class="bar">
                    <a class="button second" href={uri}>
                      {say.openApp}
                    </a>
                    <CopyButton id="secret-copied" text={secret} label={say.copy} copied={say.copied} />
                  </div>
                </div>
              </details>
            </li>
            <li>
              {say.confirm}
              <CodeField label={say.code} digits={6} wrong={wrong} autofocus={wrong !== null} />
              {misses > 1 && <Note>{say.missed}</Note>}
            </li>
          </ol>
          {settings.helpLine !== undefined && (
            <p class="hint">
              {say.help}: {settings.helpLine}
            </p>
          )}
        </>
      ),
    };
  };
