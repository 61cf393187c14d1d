import type { JSX } from 'preact';
import type { Account } from '../../../core/accounts/store.ts';
import { may } from '../../../core/roles/roles.ts';
import { calledOf } from '../../../house.ts';
import type { Replayed } from '../../../proving/replay.ts';
import { Time } from '../../../ui/time.tsx';
import { Button, Panel } from '../../portal/pages.tsx';
import type { Told } from '../../portal/ways.tsx';
import { Page } from '../page.tsx';
import type { Desk } from '../scene.ts';
import { draftHome } from './draft.tsx';
import { words } from './draft-words.ts';

/** What the draft would have made of the sign-ins of the last days: counts, and names to whoever asked for them. */
export function replayPage(
  desk: Desk,
  { signIns, since, whole, more, less, out }: Replayed,
  names: readonly Account[] | null,
  told: Told,
): JSX.Element {
  const say = words[told.language].replay;
  const counts = [
    { n: more, of: say.more(more) },
    { n: less, of: say.less(less) },
    { n: out.length, of: say.out(out.length) },
  ];
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <Panel title={signIns === 0 ? say.none : whole ? say.all(signIns) : say.latest(signIns)}>
        <ul class="counts">
          {counts.map(({ n, of }) => (
            <li key={of}>
              <b>{new Intl.NumberFormat(told.language).format(n)}</b> {of}
            </li>
          ))}
          {since !== null && <li class="small soft">{say.since(<Time {...told} at={since} />)}</li>}
        </ul>
      </Panel>
      {names !== null && (
        <Panel title={say.who}>
          <ul class="counts">
            {names.map((account) => (
              <li key={account.id}>
                <a href={`/admin/people/${account.id}`}>
                  <bdi>{calledOf(account)}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {names === null && out.length > 0 && may(desk, 'name-people') && (
        <div class="stack">
          <p class="hint">{say.namesTold}</p>
          <div class="bar">
            <Button scene={desk} to={`${draftHome}/replay`} kind="second">
              {say.names}
            </Button>
          </div>
        </div>
      )}
      <div class="bar">
        <a class="button second" href={draftHome}>
          {say.back}
        </a>
      </div>
    </Page>
  );
}
