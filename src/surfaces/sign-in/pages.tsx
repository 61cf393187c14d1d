import type { ComponentChildren, JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { FirstPage } from '../../methods/method.ts';
import { rememberField } from '../../proving/run.ts';
import { Card } from '../../ui/card.tsx';
import type { Frame } from '../../ui/document.tsx';
import type { Passage } from '../../ui/doors.tsx';
import { Face } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { Language } from '../../ui/language.ts';
import { Time } from '../../ui/time.tsx';
import type { Said, View } from '../../ui/view.ts';
import { words } from './words.ts';

/** What all pages of one attempt share. */
export interface Scene {
  readonly frame: Frame;
  readonly csrf: string;
  /** The attempt's address: `/sign-in/ID`. */
  readonly base: string;
  readonly towards: string | null;
  readonly passage: Passage;
  /** Whom the page speaks to; null before anybody said who they are. */
  readonly name: string | null;
  /** What they are about to do, where that is why they are asked. */
  readonly act: string | null;
  /** Where they came from on our own pages, signed in: the way out is back there. */
  readonly back: string | null;
  /** A way back for whoever forgot what is asked first. */
  readonly forgot: boolean;
  /** Whoever has no account yet may make one. */
  readonly joins: boolean;
  /** Hours to wait instead of proving anything more, where that is a way. */
  readonly waitHours: number;
  /** The help desk has read out a code to them, and it would do here. */
  readonly codeIsOut: boolean;
  /** What the application thinks they are called. */
  readonly hint: string | null;
  /** Back to the application that sent them, with nothing proven. */
  readonly leaveTo: string | null;
}

export const Form = ({
  scene,
  to,
  waits,
  children,
}: {
  scene: Scene;
  to: string;
  waits?: Said['waits'];
  children: ComponentChildren;
}): JSX.Element => (
  <form
    class="stack"
    method="post"
    action={`${scene.base}/${to}`}
    {...(waits && { 'data-waits': waits.every, ...(waits.settled && { 'data-settled': true }) })}
  >
    <input type="hidden" name={csrfField} value={scene.csrf} />
    {children}
  </form>
);

export const Page = ({
  scene,
  title,
  lead,
  children,
}: {
  scene: Scene;
  title: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}) => (
  <Card frame={scene.frame} title={title} lead={lead} passage={scene.passage} towards={scene.towards}>
    {children}
  </Card>
);

/** Whom we speak to, and the way out for whoever is somebody else. */
function Who({ scene }: { scene: Scene }): JSX.Element | null {
  if (scene.name === null) return null;
  return (
    <Form scene={scene} to="start-again">
      <div class="who">
        <span class="whom">
          <Face name={scene.name} />
          <bdi>{scene.name}</bdi>
        </span>
        {scene.back === null && (
          <button class="quiet" type="submit">
            {words[scene.frame.language].notYou}
          </button>
        )}
      </div>
    </Form>
  );
}

const Act = ({ scene }: { scene: Scene }): JSX.Element | null =>
  scene.act === null ? null : <p class="act">{words[scene.frame.language].act(scene.act)}</p>;

/** Nothing done, back to where one was. */
const Back = ({ scene }: { scene: Scene }): JSX.Element | null =>
  scene.back === null ? null : (
    <a class="button quiet wide" href={scene.back}>
      {words[scene.frame.language].cancel}
    </a>
  );

/** Nothing is at hand: time takes the place of it. */
const Wait = ({ scene }: { scene: Scene }): JSX.Element | null =>
  scene.waitHours === 0 ? null : (
    <Form scene={scene} to="wait">
      <button class="quiet wide" type="submit">
        {words[scene.frame.language].wait(scene.waitHours)}
      </button>
    </Form>
  );

/** Only to whoever has proven something: nobody else is told that a code is out. */
const TemporaryCode = ({ scene }: { scene: Scene }): JSX.Element | null =>
  !scene.codeIsOut ? null : (
    <a class="button quiet wide" href={`${scene.base}/temporary-code`}>
      {words[scene.frame.language].temporaryCode.have}
    </a>
  );

/** What a method says beside the field for a name. */
interface Greeting {
  readonly method: string;
  readonly firstPage: FirstPage;
  readonly view: View;
  readonly wrong: string | null;
}

export function identifyPage(scene: Scene, greeting: Greeting | null): JSX.Element {
  const say = words[scene.frame.language];
  const { script, ...greets } = greeting?.view(scene.frame.language, greeting.wrong) ?? { body: null };
  const frame = { ...scene.frame, ...(script && { script }) };
  const byPasskey = greeting !== null && (
    <Form scene={scene} to={`prove/${greeting.method}`}>
      {greets.body}
    </Form>
  );
  return (
    <Page scene={{ ...scene, frame }} title={say.identify.title}>
      {greeting?.firstPage === 'passkey-only' ? (
        <>
          {byPasskey}
          <details data-otherwise>
            <summary>{say.identify.otherwise}</summary>
            <ByName scene={scene} greeting={greeting} />
          </details>
        </>
      ) : (
        <>
          <ByName scene={scene} greeting={greeting} />
          {byPasskey}
        </>
      )}
      {scene.joins && (
        <a class="button quiet wide" href="/join">
          {say.identify.join}
        </a>
      )}
    </Page>
  );
}

function ByName({ scene, greeting }: { scene: Scene; greeting: Greeting | null }): JSX.Element {
  const say = words[scene.frame.language];
  return (
    <Form scene={scene} to="identify">
      <Field
        label={say.identify.field}
        name="username"
        type="text"
        autocomplete={greeting?.firstPage === 'autofill' ? 'username webauthn' : 'username'}
        maxlength={254}
        autofocus={greeting?.firstPage !== 'passkey-only'}
        {...(scene.hint !== null && { value: scene.hint })}
      />
      <button class="wide" type="submit">
        {say.go}
      </button>
    </Form>
  );
}

/** What else somebody could do: another way to prove it, to set up, or the password after all; null: nothing. */
export type OtherWays = 'prove' | 'set-up' | 'usual' | null;

interface Asking {
  readonly act: 'prove' | 'set-up';
  readonly method: string;
  /** Days; none: it is not offered. */
  readonly mayRemember: number;
  readonly otherWays: OtherWays;
  /** What everybody is asked first. */
  readonly usual: string;
}

/** A method asks, or is set up: its own view inside our form. */
export function methodPage(
  scene: Scene,
  { act, method, mayRemember, otherWays, usual }: Asking,
  view: View,
  wrong: string | null,
): JSX.Element {
  const say = words[scene.frame.language];
  const { title, lead, body, button, also, script, waits } = view(scene.frame.language, wrong);
  const frame = { ...scene.frame, ...(script && { script }), ...(waits && { again: waits.every }) };
  return (
    <Page scene={{ ...scene, frame }} title={title} lead={lead}>
      {act === 'prove' && <Act scene={scene} />}
      {(act === 'prove' || (scene.back === null && scene.passage < 2)) && <Who scene={scene} />}
      <Form scene={scene} to={`${act}/${method}`} waits={waits}>
        {body}
        {mayRemember > 0 && <Remember scene={scene} days={mayRemember} />}
        <button class="wide" type="submit">
          {button ?? say.go}
        </button>
        {also}
      </Form>
      <div class="exits">
        <Others scene={scene} ways={otherWays} usual={usual} />
        {act === 'prove' && scene.forgot && (
          <a class="button quiet wide" href="/recover">
            {say.forgot}
          </a>
        )}
        <TemporaryCode scene={scene} />
        <Wait scene={scene} />
        <Back scene={scene} />
      </div>
    </Page>
  );
}

/** The way round what is asked. */
function Others({ scene, ways, usual }: { scene: Scene; ways: OtherWays; usual: string }): JSX.Element | null {
  const say = words[scene.frame.language];
  if (ways === null) return null;
  if (ways === 'usual')
    return (
      <Form scene={scene} to="choose">
        <button class="quiet wide" type="submit" name="method" value={usual}>
          {say.password}
        </button>
      </Form>
    );
  return (
    <Form scene={scene} to="other-way">
      <button class="quiet wide" type="submit">
        {ways === 'prove' ? say.otherWay : say.otherNew}
      </button>
    </Form>
  );
}

/** Unticked, with how long it lasts, and where not to. */
function Remember({ scene, days }: { scene: Scene; days: number }): JSX.Element {
  const say = words[scene.frame.language].remember;
  return (
    <div class="check">
      <input type="checkbox" id="remember" name={rememberField} value="yes" aria-describedby="remember-hint" />
      <label for="remember">
        {say.label(days)}
        <span id="remember-hint" class="hint">
          {say.hint}
        </span>
      </label>
    </div>
  );
}

export interface Way {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly icon: IconName;
}

/** Which to prove, or which to set up. */
export function choosePage(scene: Scene, act: 'prove' | 'set-up', ways: readonly Way[]): JSX.Element {
  const say = words[scene.frame.language][act === 'prove' ? 'choose' : 'chooseNew'];
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <Who scene={scene} />
      <Form scene={scene} to="choose">
        <ul class="ways">
          {ways.map(({ id, name, hint, icon }) => (
            <li key={id}>
              <button class="way" type="submit" name="method" value={id}>
                <Icon name={icon} />
                <span>
                  <b>{name}</b>
                  <span class="soft small">{hint}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Form>
      <p class="soft small">{say.none}</p>
      <TemporaryCode scene={scene} />
      <Wait scene={scene} />
      <Back scene={scene} />
    </Page>
  );
}

/** A page that says one thing and offers one way on, and where there is one a way round. */
export const tellPage = (
  scene: Scene,
  { title, lead }: { title: string; lead: ComponentChildren },
  on: { label: string; to: string },
  round: { label: string; href: string } | null = null,
): JSX.Element => (
  <Page scene={scene} title={title} lead={lead}>
    <Who scene={scene} />
    <Form scene={scene} to={on.to}>
      <button class="wide" type="submit">
        {on.label}
      </button>
    </Form>
    {round !== null && (
      <a class="button second wide" href={round.href}>
        {round.label}
      </a>
    )}
    <TemporaryCode scene={scene} />
    <Wait scene={scene} />
    {scene.leaveTo !== null && scene.towards !== null && (
      <a class="button second wide" href={scene.leaveTo}>
        {words[scene.frame.language].leave(scene.towards)}
      </a>
    )}
  </Page>
);

/** What the help desk has read out, in place of what is not at hand. */
export function temporaryCodePage(scene: Scene, wrong: string | null): JSX.Element {
  const say = words[scene.frame.language];
  const { title, lead, field } = say.temporaryCode;
  return (
    <Page scene={scene} title={title} lead={lead}>
      <Who scene={scene} />
      <Form scene={scene} to="temporary-code">
        <Field
          label={field}
          name="code"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          autofocus
          wrong={wrong}
        />
        <button class="wide" type="submit">
          {say.go}
        </button>
      </Form>
      <div class="exits">
        <a class="button quiet wide" href={scene.base}>
          {say.otherWay}
        </a>
      </div>
    </Page>
  );
}

/** The attempt is gone: the one page that stands without it. */
export const gonePage = (frame: Frame, again: string): JSX.Element => {
  const say = words[frame.language].gone;
  return (
    <Card frame={frame} title={say.title} lead={say.lead} passage={0} towards={null}>
      <a class="button wide" href={again}>
        {say.again}
      </a>
    </Card>
  );
};

/** Nothing more to do here until the mail comes. */
export function waitingPage(frame: Frame, time: { language: Language; at: Instant; now: Instant }): JSX.Element {
  const say = words[frame.language].waiting;
  return (
    <Card frame={frame} title={say.title} lead={say.lead(<Time {...time} />)} passage={0} towards={null}>
      <a class="button second wide" href="/sign-in">
        {say.on}
      </a>
    </Card>
  );
}
