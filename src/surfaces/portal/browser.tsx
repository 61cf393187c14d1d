import type { JSX } from 'preact';
import type { OptIn } from '../../core/browsers/passwordless.ts';
import { csrfField } from '../../http/csrf.ts';
import { agentIn } from '../../ui/agent.ts';
import { Note } from '../../ui/note.tsx';
import { Time } from '../../ui/time.tsx';
import { Page, Panel, Row, type Scene, type Way, WayRow } from './pages.tsx';
import type { Told } from './ways.tsx';
import { words } from './words.ts';

export interface BrowserState {
  /** `others`: it is kept for somebody else. */
  readonly state: 'none' | 'in' | 'out' | 'broken' | 'others';
  /** What would be asked instead of the password; null where that is not open to them. */
  readonly can: string | null;
  readonly kept: readonly Way[];
}

/** What this browser asks, in a sentence; what can be said of it; and which others do without. */
export function browserPage(scene: Scene, { state, can, kept }: BrowserState): JSX.Element {
  const say = words[scene.frame.language].browser;
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      {can === null && <Note>{say.notOpen}</Note>}
      <Panel title={say.here}>
        <Row
          icon="window"
          name={say.states[state].name}
          badge={{ text: state === 'in' ? say.on : say.off, tone: state === 'in' ? 'good' : 'plain' }}
          about={state === 'in' && can !== null ? say.asks(can) : say.states[state].about}
        >
          <form method="post" action="/account/browser" class="bar under">
            <input type="hidden" name={csrfField} value={scene.csrf} />
            {can !== null && state !== 'in' && (
              <button type="submit" name="say" value="in">
                {say.optIn}
              </button>
            )}
            {state !== 'out' && (
              <button class="second" type="submit" name="say" value="out">
                {say.optOut}
              </button>
            )}
            {(state === 'in' || state === 'out') && (
              <button class="second" type="submit" name="say" value="clear">
                {say.clear}
              </button>
            )}
          </form>
        </Row>
      </Panel>
      {kept.length > 0 && (
        <Panel title={say.others}>
          {kept.map((way) => (
            <WayRow key={way.key} scene={scene} way={way} />
          ))}
        </Panel>
      )}
    </Page>
  );
}

/** The browsers that are kept for somebody, but this one. */
export function keptIn(optIns: readonly OptIn[], here: string | null, told: Told): readonly Way[] {
  const { sessions, devices } = words[told.language];
  return optIns
    .filter(({ id }) => id !== here)
    .map(({ id, agent, address, createdAt }) => ({
      key: id,
      icon: 'window',
      name: agentIn(agent) || sessions.unknown,
      about: (
        <>
          {devices.since(<Time {...told} at={createdAt} />)} · {sessions.from(address)}
        </>
      ),
      acts: [{ to: `/account/browser/${id}/forget`, label: devices.forget, kind: 'second' }],
    }));
}
