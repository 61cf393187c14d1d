import type { JSX } from 'preact';
import type { Spot, Weaker } from '../../../core/policies/weaker.ts';
import { Panel } from '../../portal/pages.tsx';
import { words } from './draft-words.ts';
import type { Naming } from './rule.tsx';

/** What would be asked less than now, each with somebody for instance; nothing where nothing is. */
export function WeakerPanel({ weaker, naming }: { weaker: readonly Weaker[]; naming: Naming }): JSX.Element | null {
  if (weaker.length === 0) return null;
  return (
    <Panel title={words[naming.language].weaker.title}>
      <ul class="changes">
        {weaker.map((one) => (
          <li key={JSON.stringify(one)} class="change">
            <Told weaker={one} naming={naming} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Told({ weaker, naming }: { weaker: Weaker; naming: Naming }): JSX.Element {
  const say = words[naming.language].weaker;
  if (weaker.is === 'unknown') return <p>{say.unknown}</p>;
  if (weaker.is === 'number')
    return (
      <p>
        <code>{weaker.path}</code> {say.number(weaker.was, weaker.now)}
      </p>
    );
  const { what, was, now, spot } = weaker;
  return (
    <>
      <p>
        <b>{say.what[what]}</b>
      </p>
      <p class="small soft">
        {was === now ? say.rule(now) : say.rules(now, was)} · {say.forInstance(whoIn(spot, naming))}
      </p>
    </>
  );
}

/** Addresses that stand for wherever nothing else is told. */
const anywhere = ['0.0.0.0', '::'];

function whoIn({ username, groups, application, address }: Spot, naming: Naming): string {
  const say = words[naming.language].weaker;
  const where = address === 'unknown' ? [say.unreadable] : anywhere.includes(address) ? [] : [say.from(address)];
  return [
    username ?? say.anybody,
    ...(groups.length === 0 ? [] : [say.groups(groups.join(', '))]),
    application === null ? say.own : say.at(naming.application(application)),
    ...where,
  ].join(', ');
}
