import type { ComponentChildren, JSX } from 'preact';
import { rowOf } from '../../core/audit/events.ts';
import type { Entry } from '../../core/audit/store.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import type { IconName } from '../../ui/icons.tsx';
import { Time } from '../../ui/time.tsx';
import { Button, Page, Panel, Row, type Scene } from './pages.tsx';
import type { Told } from './ways.tsx';
import { words } from './words.ts';

/** One thing that happened, in plain words. */
export interface Happened {
  readonly key: string;
  readonly icon: IconName;
  readonly what: string;
  readonly about: ComponentChildren;
}

export function happenedIn(
  entries: readonly (Entry & { at: Instant })[],
  methods: ReadonlyMap<string, LiveMethod>,
  told: Told,
): readonly Happened[] {
  const say = words[told.language];
  return entries.flatMap(({ event, at, actor, account, address, detail }, index) => {
    const icon = rowOf(event).owner;
    const sentence = say.activity.events[event];
    // What was only mistyped, or too weak, is nobody's trace.
    const mistyped = event === 'proof.refused' && detail['because'] !== 'wrong';
    if (icon === undefined || sentence === undefined || mistyped) return [];
    const method = methods.get(String(detail['method'] ?? ''))?.words[told.language].name;
    const by = actor === undefined || actor === account ? say.sessions.from(address) : say.activity.byOthers;
    const about = (
      <>
        <Time {...told} at={at} /> · {by}
      </>
    );
    return [{ key: `${at} ${index}`, icon, what: method === undefined ? sentence : `${sentence}: ${method}`, about }];
  });
}

export function activityPage(scene: Scene, happened: readonly Happened[]): JSX.Element {
  const { activity: say } = words[scene.frame.language];
  return (
    <Page scene={scene} title={say.title} lead={say.lead}>
      <Panel title={say.lately}>
        {happened.map(({ key, icon, what, about }) => (
          <Row key={key} icon={icon} name={what} about={about} />
        ))}
      </Panel>
      <div class="bar">
        <a class="button danger" href="/account/activity/not-me">
          {say.notMe}
        </a>
      </div>
    </Page>
  );
}

export function notMePage(scene: Scene): JSX.Element {
  const { activity: say } = words[scene.frame.language];
  return (
    <Page scene={scene} title={say.notMeTitle} lead={say.notMeLead}>
      <ol class="steps">
        {say.notMeSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div class="bar">
        <Button scene={scene} to="/account/activity/not-me" kind="danger">
          {say.notMeGo}
        </Button>
        <a class="button second" href="/account/activity">
          {say.back}
        </a>
      </div>
    </Page>
  );
}
