import type { ComponentChildren, JSX } from 'preact';
import { type Event, type Kind, rowOf } from '../../core/audit/events.ts';
import { isErased, type Row } from '../../core/audit/marks.ts';
import { words as eventWords } from '../../core/audit/words.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Time } from '../../ui/time.tsx';
import type { Told } from '../portal/ways.tsx';
import { words } from './audit-words.ts';

/** What an entry names by an id. */
export interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly methods: ReadonlyMap<string, LiveMethod>;
}

type Telling = { row: Row; known: Known; told: Told };

/** The picture beside it, where none stands with the event itself. */
const icons: Readonly<Record<Kind, IconName>> = {
  proofs: 'key',
  sessions: 'person',
  passwordless: 'window',
  ways: 'key',
  applications: 'grid',
  accounts: 'people',
  house: 'home',
};

/** One entry: what happened, to whom, when, from where and by whom; all else that is known of it when somebody asks. */
export function EntryRow({ row, known, told }: Telling): JSX.Element {
  const say = words[told.language];
  const { level, owner, kind } = rowOf(row.event as Event);
  const detail = detailOf(row);
  const method = methodIn(detail, known, told);
  const what = eventWords[told.language][row.event as Event];
  return (
    <article class={level === 'warning' ? 'row grave' : 'row'}>
      <span class="icon-box">
        <Icon name={owner ?? icons[kind]} />
      </span>
      <div>
        <div class="name">
          {method === undefined ? what : `${what}: ${method}`}
          {isErased(row) && <span class="badge plain">{say.erased}</span>}
        </div>
        <p class="small soft">{aboutOf({ row, known, told })}</p>
        <details>
          <summary>
            {say.details}
            <span class="unseen">: {what}</span>
          </summary>
          <dl class="facts">
            {factsOf({ row, known, told }).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </article>
  );
}

/** "ann · yesterday at 18:04 · from 192.0.2.7 · by root". */
function aboutOf({ row, known, told }: Telling): ComponentChildren {
  const say = words[told.language];
  const { account_id, actor, address, at } = row;
  const parts: readonly ComponentChildren[] = [
    ...(account_id === null ? [] : [<Whom key="whom" id={account_id} known={known} told={told} />]),
    <Time key="at" {...told} at={at as Instant} />,
    ...(isNetwork(address) ? [say.address(address)] : []),
    ...(actor === account_id ? [] : say.by(<Whom key="by" id={actor} known={known} told={told} />)),
  ];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

/** What is done on the host comes from nowhere. */
const isNetwork = (address: string): boolean => /[.:]/.test(address);

/** Somebody by their name, and where more of them is; a program and the host by what they are. */
function Whom({ id, known, told }: { id: string; known: Known; told: Told }): JSX.Element {
  const { who } = words[told.language];
  const name = known.names.get(id);
  if (name !== undefined)
    return (
      <a href={`/admin/people/${id}`}>
        <bdi>{name}</bdi>
      </a>
    );
  const [kind = '', program] = id.split(':');
  if (program !== undefined) return <>{(kind === 'service' ? who.service : who.program)(program)}</>;
  return <>{Object.hasOwn(who.others, kind) ? who.others[kind as keyof typeof who.others] : who.gone}</>;
}

type Detail = Readonly<Record<string, string | number | boolean | null>>;
const detailOf = ({ detail }: Row): Detail => (detail === '' ? {} : (JSON.parse(detail) as Detail));

const methodIn = ({ method }: Detail, { methods }: Known, { language }: Told): string | undefined =>
  methods.get(String(method ?? ''))?.words[language].name;

/** All that is kept of it, each under its name. */
function factsOf({ row, known, told }: Telling): readonly (readonly [string, string])[] {
  const say = words[told.language];
  const detail = detailOf(row);
  const called = (name: string): string =>
    Object.hasOwn(say.facts, name) ? say.facts[name as keyof typeof say.facts] : name;
  const spoken = (name: string, value: Detail[string]): string => {
    if (typeof value === 'boolean') return value ? say.yes : say.no;
    return (name === 'method' ? methodIn(detail, known, told) : undefined) ?? String(value);
  };
  return [
    ...Object.entries(detail)
      .filter(([, value]) => value !== null && value !== '')
      .map(([name, value]) => [called(name), spoken(name, value)] as const),
    ...(row.account_id === null ? [] : [[say.account, row.account_id] as const]),
    ...(row.actor === row.account_id ? [] : [[say.actor, row.actor] as const]),
    ...(!isNetwork(row.address) ? [] : [[say.network, row.address] as const]),
    [say.event, row.event],
    [say.number, row.number === null ? say.unsealed : String(row.number)],
  ];
}
