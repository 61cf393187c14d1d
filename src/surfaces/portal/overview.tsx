import type { ComponentChildren, JSX } from 'preact';
import type { Account } from '../../core/accounts/store.ts';
import { may } from '../../core/roles/roles.ts';
import { calledOf } from '../../house.ts';
import { Face } from '../../ui/face.tsx';
import { Button, Notes, Page, Panel, Row, type Scene, type Seat, type Way } from './pages.tsx';
import { words } from './words.ts';

/** Everything at a glance: who one is, how one gets in, where one is in. */
export function overviewPage(
  scene: Scene,
  account: Account,
  notes: readonly ComponentChildren[],
  { ways, seats }: { ways: readonly Way[]; seats: readonly Seat[] },
): JSX.Element {
  const { overview: say, security, sessions, nav } = words[scene.frame.language];
  // Where whoever has a role begins.
  const office = may(account, 'look')
    ? { to: '/admin', label: say.dashboard, about: say.helpsAbout }
    : { to: '/admin/applications', label: say.applications, about: say.ownsAbout };
  const here = seats.find((seat) => seat.here);
  return (
    <Page scene={scene} title={say.title(calledOf(account))} lead={say.lead}>
      <Notes notes={notes} />
      <Panel title={say.you} more={{ to: '/account/address', label: say.address }}>
        <div class="row">
          <Face name={calledOf(account)} />
          <div>
            <div class="name">
              <bdi>{calledOf(account)}</bdi>
            </div>
            <p class="small soft">{saidOf(account)}</p>
          </div>
          <div class="bar">
            <Button scene={scene} to="/account/sign-out" kind="second">
              {sessions.out}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={security.title} more={{ to: '/account/security', label: say.change }}>
        {ways.map(({ key, icon, name, badge, about }) => (
          <Row key={key} icon={icon} name={name} badge={badge} about={about} />
        ))}
      </Panel>
      {account.role !== null && (
        <Panel title={say.others} more={office}>
          <Row icon="people" name={say.helps} about={office.about} />
        </Panel>
      )}
      <Panel title={nav.sessions} more={{ to: '/account/sessions', label: sessions.count(seats.length) }}>
        {here !== undefined && (
          <Row icon="screen" name={here.agent} badge={{ text: sessions.here, tone: 'good' }} about={here.about} />
        )}
      </Panel>
    </Page>
  );
}

/** The names one signs in with; the user name only where it is not what one is called anyway. */
const saidOf = (account: Account): string =>
  [account.username, account.email].filter((said) => said !== null && said !== calledOf(account)).join(' · ');
