import type { JSX } from 'preact';
import { CodeField } from '../../ui/code-field.tsx';
import { Field } from '../../ui/field.tsx';
import type { Language } from '../../ui/language.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import type { View } from '../../ui/view.ts';
import { Wrong } from '../../ui/wrong.tsx';
import type { Factor } from './rules.ts';
import { pages } from './words.ts';

type Act = 'prove' | 'set-up';

/** What the primary button asks for. */
const Send = ({ what }: { what: string }): JSX.Element => <input type="hidden" name="send" value={what} />;

const Told = ({ wrong }: { wrong: string | null }): JSX.Element | null =>
  wrong === null ? null : <Wrong id="duo-wrong">{wrong}</Wrong>;

/** Something else than what the primary button does. */
const Instead = ({ way, label }: { way: string; label: string }): JSX.Element => (
  <button class="quiet wide" type="submit" name="instead" value={way} formNoValidate>
    {label}
  </button>
);

/** Which factors of Duo's a button leads to. */
const others = [
  { way: 'code', factors: ['passcode', 'yubikey_passcode'] },
  { way: 'phone', factors: ['phone_call'] },
  { way: 'text', factors: ['sms_passcode'] },
] as const;

const Others = ({ language, allowed }: { language: Language; allowed: readonly Factor[] }): JSX.Element => (
  <div class="exits">
    {others
      .filter(({ factors }) => factors.some((factor) => allowed.includes(factor)))
      .map(({ way }) => (
        <Instead key={way} way={way} label={pages[language][way]} />
      ))}
  </div>
);

export const sendPage =
  (act: Act, allowed: readonly Factor[]): View =>
  (language, wrong) => {
    const say = pages[language];
    return {
      ...(act === 'prove' ? say.ask : say.offer),
      body: (
        <>
          <Told wrong={wrong} />
          <Send what="push" />
        </>
      ),
      button: say.push,
      also: <Others language={language} allowed={allowed} />,
    };
  };

/** @param number to be typed on the phone, where there is one */
export const waitPage =
  (call: boolean, number: string | null): View =>
  (language, wrong) => {
    const say = pages[language].wait;
    return {
      title: say.title,
      lead: number !== null ? say.number : call ? say.phone : say.push,
      body: (
        <>
          {number === null ? (
            <Ringing />
          ) : (
            <bdi class="match" dir="ltr">
              {number}
            </bdi>
          )}
          <Told wrong={wrong} />
          <p class="hint" role="status">
            {say.goesOn} {say.yours}
          </p>
        </>
      ),
      button: pages[language].done,
      also: (
        <div class="exits">
          <Instead way="cancel" label={pages[language].cancel} />
        </div>
      ),
      waits: { every: 2, settled: false },
    };
  };

/** The phone has answered: where scripts run, nobody sees this page for long. */
export const settledPage: View = (language) => {
  const say = pages[language].wait;
  return {
    title: say.settled,
    lead: say.goesOn,
    body: null,
    button: pages[language].done,
    waits: { every: 2, settled: true },
  };
};

/** A phone that asks for attention, for eyes only: the words say it. */
const Ringing = (): JSX.Element => (
  <svg class="ringing" viewBox="0 0 96 56" aria-hidden="true">
    <path class="phone" d="M40 6h16a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H40a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4z" />
    <path class="phone" d="M45 44h6" />
    <path class="wave" d="M28 20a16 16 0 0 0 0 16M68 20a16 16 0 0 1 0 16" />
    <path class="wave later" d="M19 14a27 27 0 0 0 0 28M77 14a27 27 0 0 1 0 28" />
  </svg>
);

export const codePage =
  (texted: boolean): View =>
  (language, wrong) => {
    const say = pages[language];
    return {
      title: say.typed.title,
      lead: texted ? say.typed.texted : say.typed.app,
      body: texted ? (
        <CodeField label={say.field} digits={7} wrong={wrong} />
      ) : (
        // Six digits or eight, or what a key types by itself: no length says that it is whole.
        <Field
          label={say.field}
          name="code"
          type="text"
          class="code"
          autocomplete="one-time-code"
          autofocus
          wrong={wrong}
        />
      ),
      also: (
        <div class="exits">
          <Instead way="push" label={say.back} />
        </div>
      ),
    };
  };

/** Where Duo Mobile is. */
const stores = [
  { name: 'Google Play', href: 'https://play.google.com/store/apps/details?id=com.duosecurity.duomobile' },
  { name: 'App Store', href: 'https://apps.apple.com/app/id422663827' },
];

export const registerPage: View = (language, wrong) => {
  const say = pages[language].register;
  return {
    title: say.title,
    lead: say.lead,
    body: (
      <>
        <ol class="steps">
          <li>
            {say.install}
            <div class="bar">
              {stores.map(({ name, href }) => (
                <a key={name} class="button second" href={href}>
                  {name}
                </a>
              ))}
            </div>
          </li>
          <li>{say.phone}</li>
        </ol>
        <Told wrong={wrong} />
        <Send what="register" />
      </>
    ),
    button: say.button,
  };
};

/** @param scan what the picture says; null where Duo gives a link alone */
export const scanPage =
  ({ link, scan }: { link: string; scan: string | null }): View =>
  (language, wrong) => {
    const say = pages[language].scan;
    return {
      title: say.title,
      lead: say.lead,
      body: (
        <>
          {scan !== null && (
            <>
              <p>{say.scan}</p>
              <QrCode text={scan} label={say.picture} />
              <p>{say.here}</p>
            </>
          )}
          <a class="button second wide" href={link}>
            {say.link}
          </a>
          <Told wrong={wrong} />
          <Send what="look" />
        </>
      ),
      button: say.button,
      waits: { every: 3, settled: false },
    };
  };

/** Why there is nothing to set up now. */
export const troublePage =
  (why: 'down' | 'deny' | 'allow'): View =>
  (language) => ({ ...pages[language].trouble[why], body: <Send what="look" />, button: pages[language].again });

export const promptPage =
  (act: Act): View =>
  (language, wrong) => {
    const say = pages[language].prompt;
    return {
      ...say[act],
      body: (
        <>
          <Told wrong={wrong} />
          <Send what="prompt" />
        </>
      ),
      button: say.button,
    };
  };
