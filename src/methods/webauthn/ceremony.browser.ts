/** Asks a key or this device, with what the page brought along, and sends what it answers. */
import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  platformAuthenticatorIsAvailable,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

type Ceremony = { readonly beside?: boolean; readonly fills?: boolean; readonly starts?: boolean } & (
  | { readonly act: 'get'; readonly options: Record<string, PublicKeyCredentialRequestOptionsJSON> }
  | { readonly act: 'create'; readonly options: Record<string, PublicKeyCredentialCreationOptionsJSON> }
);

/** A browser that has shown nothing by then is not going to. */
const patience = 10_000;

for (const field of document.querySelectorAll<HTMLInputElement>('input[data-ceremony]')) {
  if (field.form !== null) prepare(field, field.form);
}

const unknown = document.querySelector<HTMLElement>('[data-unknown]')?.dataset['unknown'];
if (unknown !== undefined) void forget(JSON.parse(unknown) as UnknownCredentialOptions);

/** The passkey that was shown is nobody's here: a browser that can offers it no more. */
async function forget(one: UnknownCredentialOptions): Promise<void> {
  const told = window.PublicKeyCredential as Partial<typeof PublicKeyCredential> | undefined;
  await told?.signalUnknownCredential?.(one).catch(() => undefined);
}

function prepare(field: HTMLInputElement, form: HTMLFormElement): void {
  const ceremony = JSON.parse(field.dataset['ceremony'] ?? '') as Ceremony;
  const kind = form.elements.namedItem('kind') as HTMLInputElement;
  const first = kind.value;
  if (browserSupportsWebAuthn())
    for (const button of form.querySelectorAll<HTMLElement>('[data-able]')) button.hidden = false;
  else if (!ceremony.beside) tell('unable');

  form.addEventListener('submit', (event) => {
    if (field.value !== '') return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    kind.value = button?.dataset['kind'] ?? first;
    void ask(button);
  });
  // A page the browser kept for "back" has an answer in it that was used.
  window.addEventListener('pageshow', () => {
    field.value = '';
  });

  if (ceremony.fills) void fill();
  else if (!ceremony.beside) void leaveOut();
  if (ceremony.act === 'create' && ceremony.options['upgrade'] !== undefined && isUntouched()) void upgrade();
  // Once: whoever breaks it off, or was told no, presses the button when they are ready.
  if (ceremony.starts && isUntouched()) void ask(null);

  /** Waits behind the field for a name until somebody picks a passkey there; nobody is told of anything before. */
  async function fill(): Promise<void> {
    if (!(await browserSupportsWebAuthnAutofill())) return;
    try {
      field.value = JSON.stringify(await answerOf(ceremony, first, true));
    } catch {
      return;
    }
    form.requestSubmit();
  }

  /** Where the browser filled in the password just now, it may make a passkey without a word; if not, nobody hears of it. */
  async function upgrade(): Promise<void> {
    if (ceremony.act !== 'create' || !(await canUpgrade())) return;
    try {
      const optionsJSON = optionsFor(ceremony.options, 'upgrade');
      field.value = JSON.stringify(await startRegistration({ optionsJSON, useAutoRegister: true }));
    } catch {
      return;
    }
    kind.value = 'upgrade';
    form.requestSubmit();
  }

  /** Where nothing is built in, nothing asks for it: the next kind takes its place. */
  async function leaveOut(): Promise<void> {
    if (await platformAuthenticatorIsAvailable()) return;
    const [own, next] = ['button:not([data-kind])', 'button[data-kind]:not([data-kind=this-device])'].map((which) =>
      form.querySelector<HTMLElement>(which),
    );
    if (first === 'this-device') {
      next?.classList.remove('second');
      own?.remove();
      if (!next) tell('none');
    }
    if (next) for (const one of form.querySelectorAll('[data-kind=this-device]')) one.remove();
  }

  async function ask(button: HTMLElement | null): Promise<void> {
    tell(null);
    button?.setAttribute('aria-busy', 'true');
    const waiting = setTimeout(() => tell('slow'), patience);
    try {
      field.value = JSON.stringify(await answerOf(ceremony, kind.value));
    } catch (failure) {
      const aborted = failure instanceof WebAuthnError && failure.code === 'ERROR_CEREMONY_ABORTED';
      // Broken off by a second press, which goes on by itself.
      if (!aborted) tell(reasonOf(failure));
      return;
    } finally {
      clearTimeout(waiting);
      button?.removeAttribute('aria-busy');
    }
    form.requestSubmit(button);
  }

  /** Nothing was refused, and nobody has come back to it. */
  function isUntouched(): boolean {
    return form.querySelector('[role=alert]') === null && isFirstLook();
  }

  /** One thing at a time, heard as well as seen; after the first failure the other kinds are offered by themselves. */
  function tell(what: string | null): void {
    for (const said of document.querySelectorAll<HTMLElement>('[data-when]'))
      said.hidden = said.dataset['when'] !== what;
    for (const moot of document.querySelectorAll<HTMLElement>('[data-unless]'))
      moot.hidden = moot.dataset['unless'] === what;
    for (const other of document.querySelectorAll<HTMLDetailsElement>('details[data-otherwise]'))
      other.open ||= what === 'unable';
    if (what === null) return;
    for (const button of form.querySelectorAll<HTMLElement>('button[data-kind]')) button.hidden = false;
  }
}

/** Not when somebody comes back to the page: the history remembers that it was open. */
function isFirstLook(): boolean {
  const seen = history.state === 'asked';
  history.replaceState('asked', '');
  return !seen;
}

async function canUpgrade(): Promise<boolean> {
  const { PublicKeyCredential: asked } = window;
  return (
    asked?.getClientCapabilities !== undefined && (await asked.getClientCapabilities())['conditionalCreate'] === true
  );
}

function answerOf(ceremony: Ceremony, kind: string, useBrowserAutofill = false): Promise<object> {
  return ceremony.act === 'get'
    ? startAuthentication({ optionsJSON: optionsFor(ceremony.options, kind), useBrowserAutofill })
    : startRegistration({ optionsJSON: optionsFor(ceremony.options, kind) });
}

function optionsFor<Options>(options: Record<string, Options>, kind: string): Options {
  const found = options[kind];
  if (found === undefined) throw new Error(`nothing is prepared for ${kind}`);
  return found;
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'unable';
  if (failure.name === 'InvalidStateError') return 'registered';
  return failure.name === 'NotAllowedError' ? 'cancelled' : 'unable';
}
