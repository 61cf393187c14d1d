import type { JSX } from 'preact';
import { Icon } from '../../ui/icons.tsx';
import type { Language } from '../../ui/language.ts';
import type { Errand, Said, View } from '../../ui/view.ts';
import { Wrong } from '../../ui/wrong.tsx';
import type { FirstPage } from '../method.ts';
import type { creationOptions, namelessOptions, passkeyOptions, requestOptions } from './options.ts';
import type { Device } from './settings.ts';
import { pages } from './words.ts';

const script = 'ceremony.browser.js';

/**
 * Beside the field for a name: a button, and what the browser's own list of names needs; shown only where it works. Before
 * that field it says why it does not.
 * @param unknown a passkey that was shown, and is nobody's here
 */
export const greetPage =
  (firstPage: FirstPage, options: ReturnType<typeof namelessOptions>, unknown: UnknownCredentialOptions | null): View =>
  (language, wrong) => {
    const say = pages[language];
    const beside = firstPage !== 'passkey-only';
    const ceremony = {
      ...({ act: 'get', first: 'any', options: { any: options } } as const),
      ...(beside && { beside }),
      ...(firstPage === 'autofill' && { fills: true }),
    };
    return {
      title: say.greet,
      body: (
        <>
          <Answer {...{ language, wrong, ceremony }} />
          {unknown !== null && <span hidden data-unknown={JSON.stringify(unknown)} />}
          <button class={beside ? 'second wide' : 'wide'} type="submit" data-able hidden>
            {say.greet}
          </button>
        </>
      ),
      script,
    };
  };

/** For the browser alone: what it may go on offering. @param known null: nothing was ever made here */
export const signalOf = (known: Known | null): Errand => ({
  body: known && <span hidden data-passkeys={JSON.stringify(known)} />,
  script: 'signal.browser.js',
});

interface Known extends AllAcceptedCredentialsOptions {
  /** What they are called, for the list that the browser shows. */
  readonly name: string;
}

/** What a passkey is good for, in words and a picture; it may be left. With `upgrade` the browser first tries by itself. */
export const invitePage =
  (options: { readonly [kind in 'passkey' | 'upgrade']?: ReturnType<typeof passkeyOptions> }): View =>
  (language, wrong) => {
    const say = pages[language];
    const ceremony = { act: 'create', first: 'passkey', options } as const;
    return {
      title: say.invite.title,
      lead: say.invite.lead,
      body: (
        <>
          <Devices label={say.invite.picture} />
          <ul class="kinds">
            {(['key', 'eye', 'screen'] as const).map((icon) => (
              <li key={icon}>
                <Icon name={icon} />
                <span>{say.invite.reasons[icon]}</span>
              </li>
            ))}
          </ul>
          <details>
            <summary>{say.invite.more}</summary>
            <p class="soft">{say.invite.explained}</p>
          </details>
          <Answer {...{ language, wrong, ceremony }} />
        </>
      ),
      button: say.invite.create,
      script,
    };
  };

/**
 * @param options what the browser is called with, for any key of theirs and for each kind
 * @param further the same for keys from before Sallyport moved, by the domain they belong to
 * @param starts the page has been asked for in this browser, by whoever it knows: it begins by itself, once
 */
export const askPage =
  (
    options: ReturnType<typeof requestOptions>,
    devices: readonly Device[],
    starts: boolean,
    further: Readonly<Record<string, object | undefined>> = {},
  ): View =>
  (language, wrong) => {
    const say = pages[language];
    return {
      title: say.askTitle[onlyOf(devices)],
      lead: say.askLead,
      body: (
        <Ceremony
          {...{ language, wrong, devices }}
          ceremony={{ act: 'get', first: 'any', options: { ...options, ...further }, starts }}
        />
      ),
      // Offered when the first try was broken off: perhaps the browser asked for the other kind.
      also: [
        ...(devices.length > 1 ? devices.map((device) => <Kind {...{ language, device }} hidden />) : []),
        ...Object.keys(further).map((rpId) => (
          <button class="second wide" type="submit" key={rpId} data-kind={rpId}>
            {say.from(rpId)}
          </button>
        )),
      ],
      script,
    };
  };

export const offerPage =
  (options: ReturnType<typeof creationOptions>, devices: readonly Device[]): View =>
  (language, wrong) => {
    const say = pages[language];
    const [first = 'this-device', ...others] = devices;
    return {
      title: say.offerTitle[onlyOf(devices)],
      lead: say.offerLead,
      body: <Ceremony {...{ language, wrong, devices }} ceremony={{ act: 'create', first, options }} />,
      button: say.device[first],
      also: others.map((device) => <Kind {...{ language, device }} />),
      script,
    } satisfies Said;
  };

const onlyOf = (devices: readonly Device[]): Device | 'any' => (devices.length === 1 && devices[0]) || 'any';

const Kind = ({ language, device, hidden }: { language: Language; device: Device; hidden?: boolean }): JSX.Element => (
  <button class="second wide" type="submit" key={device} data-kind={device} hidden={hidden}>
    {pages[language].device[device]}
  </button>
);

const icons = { 'this-device': 'screen', 'security-key': 'key' } as const;

interface AnswerProps {
  readonly language: Language;
  readonly wrong: string | null;
  /** For the script: what to call, with what, and which of them the first button means. */
  readonly ceremony: {
    readonly act: 'get' | 'create';
    readonly first: Device | 'any' | 'passkey';
    readonly options: object;
    /** The page has another way in front of it: where this one is none, nothing is said. */
    readonly beside?: boolean;
    /** It stands in the list the browser opens under the field for a name. */
    readonly fills?: boolean;
    readonly starts?: boolean;
  };
}

interface CeremonyProps extends AnswerProps {
  readonly devices: readonly Device[];
}

/** What will happen, in words and a picture; the script puts the key's answer into the hidden field and sends the form. */
function Ceremony({ language, wrong, devices, ceremony }: CeremonyProps): JSX.Element {
  const say = pages[language];
  return (
    <>
      <Picture label={say.picture} />
      <div>
        <ul class="kinds">
          {devices.map((device) => (
            <li key={device} data-kind={device}>
              <Icon name={icons[device]} />
              <span>
                <b>{say.device[device]}</b>
                <span class="soft">{say.how[device]}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Answer {...{ language, wrong, ceremony }} />
      <noscript>
        <p>{say.without}</p>
      </noscript>
    </>
  );
}

/** Where the script puts what a key answers, and says what hindered it. */
function Answer({ language, wrong, ceremony }: AnswerProps): JSX.Element {
  const { when: said, invite } = pages[language];
  const told = ceremony.first === 'passkey' ? { ...said, registered: invite.registered } : said;
  return (
    <>
      <div role="status">
        {(['cancelled', 'slow', 'registered', 'unable', 'none'] as const).map((when) => (
          <p class="act" key={when} data-when={when} hidden>
            {told[when]}
          </p>
        ))}
      </div>
      <input type="hidden" name="kind" value={ceremony.first} />
      <input type="hidden" name="response" data-ceremony={JSON.stringify(ceremony)} />
      {wrong !== null && <Wrong id="response-wrong">{wrong}</Wrong>}
    </>
  );
}

/** A phone beside a laptop, each reading a finger. */
const Devices = ({ label }: { label: string }): JSX.Element => (
  <svg class="touch" viewBox="0 0 240 92" role="img" aria-label={label}>
    <path d="M48 10h30a6 6 0 0 1 6 6v58a6 6 0 0 1-6 6H48a6 6 0 0 1-6-6V16a6 6 0 0 1 6-6z" />
    <circle class="spot" cx="63" cy="44" r="13" />
    <path class="ring" d="M57 47v-4a6 6 0 0 1 12 0v3M63 43v8" />
    <path d="M58 73h10" />
    <path d="M132 16h64a6 6 0 0 1 6 6v42h-76V22a6 6 0 0 1 6-6z" />
    <path d="M116 64h96l6 10a3 3 0 0 1-3 4H113a3 3 0 0 1-3-4z" />
    <circle class="spot" cx="164" cy="40" r="13" />
    <path class="ring" d="M158 44v-4a6 6 0 0 1 12 0v3M164 40v8" />
  </svg>
);

/** A key beside a laptop; the places to touch stand out. */
const Picture = ({ label }: { label: string }): JSX.Element => (
  <svg class="touch" viewBox="0 0 240 92" role="img" aria-label={label}>
    <path d="M22 30h44a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H22a8 8 0 0 1-8-8V38a8 8 0 0 1 8-8z" />
    <path d="M74 38h22v16H74M82 43h8M82 49h8" />
    <circle class="spot" cx="40" cy="46" r="9" />
    <path class="ring" d="M40 22v-8M22 27l-5-6M58 27l5-6" />
    <path d="M142 16h64a6 6 0 0 1 6 6v42h-76V22a6 6 0 0 1 6-6z" />
    <path d="M126 64h96l6 10a3 3 0 0 1-3 4H123a3 3 0 0 1-3-4z" />
    <circle class="spot" cx="174" cy="40" r="13" />
    <path class="ring" d="M168 44v-4a6 6 0 0 1 12 0v3M174 40v8" />
  </svg>
);
