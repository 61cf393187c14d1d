import type { ComponentChildren, JSX } from 'preact';
import type { Person } from '../../core/accounts/people.ts';
import { type Act, mayDo } from '../../core/roles/roles.ts';
import { calledOf } from '../../house.ts';
import { Face } from '../../ui/face.tsx';
import { Time } from '../../ui/time.tsx';
import { Panel, Row, type Way } from '../portal/pages.tsx';
import type { Told } from '../portal/ways.tsx';
import type { PlainAct } from './acts.ts';
import { words as codes } from './code-words.ts';
import { words as links } from './link-words.ts';
import { Page } from './page.tsx';
import { Badges, saidOf } from './people.tsx';
import { words } from './people-words.ts';
import { words as pins } from './register-words.ts';
import type { Desk } from './scene.ts';

/** All that is kept of one person, without what opens anything. */
export interface Seen {
  readonly person: Person;
  readonly ways: readonly Way[];
  readonly seats: readonly Way[];
  readonly devices: readonly Way[];
  readonly browsers: readonly Way[];
  readonly happened: readonly Way[];
}

/** One person: how they get in, where they are in, what happened; and what may be done for them. */
export function personPage(desk: Desk, { person, ...seen }: Seen, told: Told): JSX.Element {
  const { person: say, badges } = words[told.language];
  return (
    <Page desk={desk} title={calledOf(person)} lead={saidOf(person)}>
      <Panel title={say.account} more={{ to: '/admin/people', label: say.all }}>
        <div class="row">
          <Face name={calledOf(person)} />
          <div>
            <div class="name">
              <Badges person={person} told={told} />
            </div>
            <p class="small soft">
              {say.since(<Time {...told} at={person.createdAt} />)}
              {person.groups.length > 0 && <> · {say.groups(person.groups.join(', '))}</>}
            </p>
          </div>
          <div class="bar under">
            {linksOf(desk, person).map(({ act, to, name }) => (
              <a
                key={to}
                class={`button ${act === 'disable' ? 'danger' : 'second'}`}
                href={`/admin/people/${person.id}/${to}`}
              >
                {name}
              </a>
            ))}
          </div>
        </div>
      </Panel>
      <Ways title={say.ways} ways={seen.ways} none={badges.weak}>
        {mayDo(desk, 'reset', person) && seen.ways.length > 1 && (
          <a href={`/admin/people/${person.id}/reset/all`}>{say.resetAll}</a>
        )}
      </Ways>
      <Ways title={say.seats} ways={seen.seats} none={say.nowhere} />
      {seen.devices.length > 0 && <Ways title={say.devices} ways={seen.devices} none="" />}
      {seen.browsers.length > 0 && <Ways title={say.browsers} ways={seen.browsers} none="" />}
      <Ways title={say.lately} ways={seen.happened} none={say.nothing} />
    </Page>
  );
}

/** What may be done for them, the gravest last. */
function linksOf(desk: Desk, person: Person): readonly { act: Act; to: string; name: string }[] {
  const { person: say } = words[desk.frame.language];
  const plain = (act: PlainAct) => ({ act, to: act, name: say.acts[act].name, helps: helps(act, person) });
  const role = { act: 'give-role' as const, to: 'role', name: say.role.name, helps: true };
  const code = {
    act: 'give-code' as const,
    to: 'code',
    name: codes[desk.frame.language].name,
    helps: couldLack(person),
  };
  const link = {
    act: 'give-link' as const,
    to: 'link',
    name: links[desk.frame.language].name,
    helps: person.disabledAt === null,
  };
  const pin = {
    act: 'register-pin' as const,
    to: 'pin',
    name: pins[desk.frame.language].name,
    helps: person.disabledAt === null,
  };
  const all = [plain('unlock'), plain('enable'), code, link, pin, plain('sign-out'), role, plain('disable')];
  return all.filter(({ act, helps }) => helps && mayDo(desk, act, person));
}

/** There is something that a code could stand in for. */
const couldLack = ({ disabledAt, hasSecond }: Person): boolean => disabledAt === null && hasSecond;

/** What would change nothing is not offered. */
function helps(act: PlainAct, { disabledAt, isLocked }: Person): boolean {
  if (act === 'unlock') return isLocked;
  if (act === 'enable') return disabledAt !== null;
  return disabledAt === null;
}

const Ways = ({
  title,
  ways,
  none,
  children,
}: {
  title: string;
  ways: readonly Way[];
  none: string;
  children?: ComponentChildren;
}): JSX.Element => (
  <section class="panel">
    <header>
      <h2>{title}</h2>
      {children}
    </header>
    {ways.length === 0 && <p class="nothing soft">{none}</p>}
    {ways.map(({ key, icon, name, badge, about, acts }) => (
      <Row key={key} icon={icon} name={name} badge={badge} about={about}>
        {acts.length > 0 && (
          <div class="bar">
            {acts.map(({ to, label, kind }) => (
              <a key={to} class={`button ${kind}`} href={to} aria-label={`${label}: ${name}`}>
                {label}
              </a>
            ))}
          </div>
        )}
      </Row>
    ))}
  </section>
);
