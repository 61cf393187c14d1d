import type { ComponentChildren, JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import type { Frame } from '../../ui/document.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon, type Picture } from '../../ui/icons.tsx';
import type { Language } from '../../ui/language.ts';
import { Note } from '../../ui/note.tsx';
import { type Ends, Shell } from '../../ui/shell.tsx';
import { words } from './words.ts';

export interface Scene {
  readonly frame: Frame;
  readonly csrf: string;
  readonly ends: Ends;
  /** For the browser alone. */
  readonly aside?: ComponentChildren;
}

/** A button that does one thing: a form of its own, so that it works without a script. */
export const Button = ({
  scene,
  to,
  kind,
  of,
  children,
}: {
  scene: Scene;
  to: string;
  kind: 'second' | 'danger';
  /** What it is done to, for whoever hears one of many such buttons. */
  of?: string;
  children: string;
}): JSX.Element => (
  <form method="post" action={to}>
    <input type="hidden" name={csrfField} value={scene.csrf} />
    <button class={kind} type="submit" {...(of !== undefined && { 'aria-label': `${children}: ${of}` })}>
      {children}
    </button>
  </form>
);

const places = (language: Language) => {
  const { nav } = words[language];
  return [
    { href: '/account', name: nav.overview, icon: 'home' as const },
    { href: '/account/security', name: nav.security, icon: 'key' as const },
    { href: '/account/sessions', name: nav.sessions, icon: 'screen' as const },
    { href: '/account/browser', name: nav.browser, icon: 'window' as const },
    { href: '/account/activity', name: nav.activity, icon: 'list' as const },
    { href: '/account/applications', name: nav.applications, icon: 'grid' as const },
  ];
};

export const Page = ({
  scene,
  title,
  lead,
  children,
}: {
  scene: Scene;
  title: string;
  lead: ComponentChildren;
  children: ComponentChildren;
}): JSX.Element => (
  <Shell
    frame={scene.frame}
    title={title}
    lead={lead}
    label={words[scene.frame.language].nav.label}
    places={places(scene.frame.language)}
    ending={scene.ends}
  >
    {children}
    {scene.aside}
  </Shell>
);

/** What its owner should know, a note each. */
export const Notes = ({ notes }: { notes: readonly ComponentChildren[] }): JSX.Element => (
  <>
    {notes.map((note, index) => (
      <Note key={String(index)}>{note}</Note>
    ))}
  </>
);

/** A titled card of rows, with a link to where there is more. */
export const Panel = ({
  title,
  more,
  children,
}: {
  title: string;
  more?: { to: string; label: string };
  children: ComponentChildren;
}): JSX.Element => (
  <section class="panel">
    <header>
      <h2>{title}</h2>
      {more !== undefined && <a href={more.to}>{more.label}</a>}
    </header>
    {children}
  </section>
);

export interface Badge {
  readonly text: string;
  readonly tone: 'good' | 'warn' | 'plain';
}

export interface RowProps {
  readonly icon: Picture;
  readonly name: ComponentChildren;
  readonly badge?: Badge | undefined;
  readonly about: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** One thing: what it is, how it stands, what can be done with it. */
export const Row = ({ icon, name, badge, about, children }: RowProps): JSX.Element => (
  <div class="row">
    <span class="icon-box">
      <Icon name={icon} />
    </span>
    <div>
      <div class="name">
        <bdi>{name}</bdi>
        {badge !== undefined && <span class={`badge ${badge.tone}`}>{badge.text}</span>}
      </div>
      {about !== '' && <p class="small soft">{about}</p>}
    </div>
    {children}
  </div>
);

/** One row of what a person has, with what they can do about it. */
export interface Way {
  readonly key: string;
  readonly icon: Picture;
  readonly name: string;
  readonly badge?: Badge;
  readonly about: ComponentChildren;
  /** What can be done with it at once; what needs a page of its own, or is dangerous, is a link to it. */
  readonly acts: readonly {
    readonly to: string;
    readonly label: string;
    readonly kind: 'second' | 'link' | 'danger';
  }[];
}

export interface Section {
  readonly title: string;
  readonly ways: readonly Way[];
}

export const WayRow = ({ scene, way }: { scene: Scene; way: Way }): JSX.Element => (
  <Row icon={way.icon} name={way.name} badge={way.badge} about={way.about}>
    <div class="bar">
      {way.acts.map(({ to, label, kind }) =>
        kind === 'second' ? (
          <Button key={to} scene={scene} to={to} kind={kind} of={way.name}>
            {label}
          </Button>
        ) : (
          <a
            key={to}
            class={`button ${kind === 'link' ? 'second' : kind}`}
            href={to}
            aria-label={`${label}: ${way.name}`}
          >
            {label}
          </a>
        ),
      )}
    </div>
  </Row>
);

export function securityPage(
  scene: Scene,
  given: { hangs: boolean; notes: readonly ComponentChildren[]; sections: readonly Section[]; devices: readonly Way[] },
): JSX.Element {
  const { security: say, devices } = words[scene.frame.language];
  return (
    <Page scene={scene} title={say.title} lead={given.hangs ? say.leadAlone : say.lead}>
      <Notes notes={given.notes} />
      {given.sections.map(({ title, ways }) => (
        <Panel key={title} title={title}>
          {ways.map((way) => (
            <WayRow key={way.key} scene={scene} way={way} />
          ))}
        </Panel>
      ))}
      {given.devices.length > 0 && (
        <Panel title={devices.title}>
          {given.devices.map((way) => (
            <WayRow key={way.key} scene={scene} way={way} />
          ))}
        </Panel>
      )}
    </Page>
  );
}

export function renamePage(scene: Scene, name: string, to: string): JSX.Element {
  const say = words[scene.frame.language].security;
  return (
    <Page scene={scene} title={say.renameTitle(name)} lead={say.renameLead}>
      <form class="stack" method="post" action={to}>
        <input type="hidden" name={csrfField} value={scene.csrf} />
        <Field
          label={say.renameField}
          name="label"
          type="text"
          autocomplete="off"
          maxlength={64}
          value={name}
          autofocus
        />
        <div class="bar">
          <button type="submit">{say.save}</button>
          <a class="button second" href="/account/security">
            {say.keep}
          </a>
        </div>
      </form>
    </Page>
  );
}

interface Removal {
  readonly name: string;
  /** With it go the codes that stand in for it. */
  readonly takesBackups: boolean;
  /** A rule asks for it: another one comes first. */
  readonly needed: boolean;
  readonly to: string;
}

export function removePage(scene: Scene, { name, takesBackups, needed, to }: Removal): JSX.Element {
  const say = words[scene.frame.language].security;
  return (
    <Page scene={scene} title={say.removeTitle(name)} lead={needed ? say.removeNeeded : say.removeLead}>
      {takesBackups && !needed && <Note>{say.removeLast}</Note>}
      <div class="bar">
        {!needed && (
          <Button scene={scene} to={to} kind="danger">
            {say.remove}
          </Button>
        )}
        <a class="button second" href="/account/security">
          {needed ? say.title : say.keep}
        </a>
      </div>
    </Page>
  );
}

/** One place where the person is signed in. */
export interface Seat {
  readonly id: string;
  readonly agent: string;
  readonly about: ComponentChildren;
  readonly here: boolean;
}

export function sessionsPage(scene: Scene, seats: readonly Seat[]): JSX.Element {
  const say = words[scene.frame.language].sessions;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <Panel title={say.count(seats.length)}>
        {seats.map(({ id, agent, about, here }) => (
          <Row
            key={id}
            icon="screen"
            name={agent}
            badge={here ? { text: say.here, tone: 'good' } : undefined}
            about={about}
          />
        ))}
      </Panel>
      <div class="bar">
        <Button scene={scene} to="/account/sign-out" kind="second">
          {say.out}
        </Button>
        <Button scene={scene} to="/account/sign-out-everywhere" kind="danger">
          {say.outAll}
        </Button>
      </div>
    </Page>
  );
}
