import type { ComponentChildren, JSX } from 'preact';
import { csrfField } from '../../http/csrf.ts';
import type { Frame } from '../../ui/document.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { Language } from '../../ui/language.ts';
import { Shell } from '../../ui/shell.tsx';
import { words } from './words.ts';

export interface Scene {
  readonly frame: Frame;
  readonly csrf: string;
}

/** A button that does one thing: a form of its own, so that it works without a script. */
export const Button = ({
  scene,
  to,
  kind,
  children,
}: {
  scene: Scene;
  to: string;
  kind: string;
  children: ComponentChildren;
}): JSX.Element => (
  <form method="post" action={to}>
    <input type="hidden" name={csrfField} value={scene.csrf} />
    <button class={kind}>{children}</button>
  </form>
);

const places = (language: Language) => {
  const { nav } = words[language];
  return [
    { href: '/account', name: nav.overview },
    { href: '/account/security', name: nav.security },
    { href: '/account/sessions', name: nav.sessions },
  ];
};

const Page = ({
  scene,
  title,
  lead,
  children,
}: {
  scene: Scene;
  title: string;
  lead: string;
  children: ComponentChildren;
}) => (
  <Shell
    frame={scene.frame}
    title={title}
    lead={lead}
    label={words[scene.frame.language].nav.label}
    places={places(scene.frame.language)}
  >
    {children}
  </Shell>
);

export function overviewPage(scene: Scene, name: string): JSX.Element {
  const say = words[scene.frame.language];
  return (
    <Page scene={scene} title={say.overview.title(name)} lead={say.overview.lead}>
      <div class="bar">
        <a class="button second" href="/account/security">
          {say.overview.toSecurity}
        </a>
        <Button scene={scene} to="/account/sign-out" kind="second">
          {say.sessions.out}
        </Button>
      </div>
    </Page>
  );
}

/** One row of "Ways to sign in". */
export interface Way {
  readonly key: string;
  readonly icon: IconName;
  readonly name: string;
  readonly badge: { readonly text: string; readonly tone: 'good' | 'warn' | 'plain' };
  readonly about: string;
  readonly acts: readonly { readonly to: string; readonly label: string; readonly kind: 'second' | 'danger' }[];
}

export interface Section {
  readonly title: string;
  readonly ways: readonly Way[];
}

export function securityPage(scene: Scene, notes: readonly string[], sections: readonly Section[]): JSX.Element {
  const say = words[scene.frame.language].security;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      {notes.map((note) => (
        <p key={note} class="note">
          <Icon name="warning" />
          <span>{note}</span>
        </p>
      ))}
      {sections.map(({ title, ways }) => (
        <section key={title} class="panel">
          <header>
            <h2>{title}</h2>
          </header>
          {ways.map((way) => (
            <WayRow key={way.key} scene={scene} way={way} />
          ))}
        </section>
      ))}
    </Page>
  );
}

const WayRow = ({ scene, way }: { scene: Scene; way: Way }): JSX.Element => (
  <div class="row">
    <span class="icon-box">
      <Icon name={way.icon} />
    </span>
    <div>
      <div class="name">
        {way.name}
        <span class={`badge ${way.badge.tone}`}>{way.badge.text}</span>
      </div>
      <p class="small soft">{way.about}</p>
    </div>
    <div class="bar">
      {way.acts.map(({ to, label, kind }) => (
        <Button key={to} scene={scene} to={to} kind={kind}>
          {label}
        </Button>
      ))}
    </div>
  </div>
);

export function removePage(scene: Scene, what: string, takesBackups: boolean, to: string): JSX.Element {
  const say = words[scene.frame.language].security;
  return (
    <Page scene={scene} title={say.removeTitle(what)} lead={say.removeLead}>
      {takesBackups && <p class="note">{say.removeLast}</p>}
      <div class="bar">
        <Button scene={scene} to={to} kind="danger">
          {say.remove}
        </Button>
        <a class="button second" href="/account/security">
          {say.keep}
        </a>
      </div>
    </Page>
  );
}

export interface Seat {
  readonly id: string;
  readonly agent: string;
  readonly about: string;
  readonly here: boolean;
}

export function sessionsPage(scene: Scene, seats: readonly Seat[]): JSX.Element {
  const say = words[scene.frame.language].sessions;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <section class="panel">
        {seats.map(({ id, agent, about, here }) => (
          <div key={id} class="row">
            <span class="icon-box">
              <Icon name="screen" />
            </span>
            <div>
              <div class="name">
                {agent}
                {here && <span class="badge good">{say.here}</span>}
              </div>
              <p class="small soft">{about}</p>
            </div>
          </div>
        ))}
      </section>
      <div class="bar">
        <Button scene={scene} to="/account/sign-out" kind="second">
          {say.out}
        </Button>
        <Button scene={scene} to="/account/sign-out-everywhere" kind="second">
          {say.outAll}
        </Button>
      </div>
    </Page>
  );
}
