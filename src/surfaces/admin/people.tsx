import type { ComponentChildren, JSX } from 'preact';
import { filters, type Person, type Wanted } from '../../core/accounts/people.ts';
import { may } from '../../core/roles/roles.ts';
import { calledOf } from '../../house.ts';
import type { Instant } from '../../kernel/clock.ts';
import { Face } from '../../ui/face.tsx';
import { Time } from '../../ui/time.tsx';
import type { Badge } from '../portal/pages.tsx';
import type { Told } from '../portal/ways.tsx';
import { words as links } from './link-words.ts';
import { Page } from './page.tsx';
import { words } from './people-words.ts';
import type { Desk } from './scene.ts';

const home = '/admin/people';

/** The same list, asked for otherwise. */
function addressOf({ search, filter, after }: Wanted): string {
  const query = new URLSearchParams({
    ...(search !== '' && { q: search }),
    ...(filter !== null && { state: filter }),
    ...(after !== '' && { after }),
  });
  return query.size === 0 ? home : `${home}?${query}`;
}

interface Listed {
  readonly wanted: Wanted;
  readonly people: readonly Person[];
  /** When each was last seen to sign in. */
  readonly seen: ReadonlyMap<string, Instant>;
  readonly next: string | null;
}

/** Everybody who has an account here, a page at a time: found by name or address, told apart by how they stand. */
export function peoplePage(desk: Desk, { wanted, people, seen, next }: Listed, told: Told): JSX.Element {
  const say = words[told.language].list;
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <div class="stack">
        <form class="search" method="get" action={home}>
          <label class="unseen" for="q">
            {say.search}
          </label>
          <input id="q" name="q" value={wanted.search} placeholder={say.search} autocomplete="off" maxlength={64} />
          {wanted.filter !== null && <input type="hidden" name="state" value={wanted.filter} />}
          <button class="second" type="submit">
            {say.find}
          </button>
          {may(desk, 'add') && (
            <a class="button second" href={`${home}/add`}>
              {links[told.language].add.name}
            </a>
          )}
        </form>
        <nav class="chips" aria-label={say.show}>
          {[null, ...filters].map((filter) => (
            <Chip key={filter} isOn={filter === wanted.filter} to={addressOf({ ...wanted, filter, after: '' })}>
              {say.filters[filter ?? 'all']}
            </Chip>
          ))}
        </nav>
      </div>
      {people.length === 0 ? (
        <section class="panel">
          <p class="nothing soft">{next === null ? say.nobody : say.nobodyYet}</p>
        </section>
      ) : (
        <PeopleTable people={people} seen={seen} told={told} />
      )}
      {(wanted.after !== '' || next !== null) && (
        <nav class="bar" aria-label={say.pages}>
          {next !== null && (
            <a class="button second" rel="next" href={addressOf({ ...wanted, after: next })}>
              {say.next}
            </a>
          )}
          {wanted.after !== '' && (
            <a class="button second" href={addressOf({ ...wanted, after: '' })}>
              {say.first}
            </a>
          )}
        </nav>
      )}
    </Page>
  );
}

const Chip = ({ isOn, to, children }: { isOn: boolean; to: string; children: string }): JSX.Element => (
  <a class="chip" href={to} {...(isOn && { 'aria-current': 'true' as const })}>
    {children}
  </a>
);

function PeopleTable({ people, seen, told }: Pick<Listed, 'people' | 'seen'> & { told: Told }): JSX.Element {
  const say = words[told.language].list;
  return (
    <section class="panel">
      <table class="people">
        <caption class="unseen">{say.title}</caption>
        <thead>
          <tr>
            <th scope="col">{say.person}</th>
            <th scope="col" class="late">
              {say.seen}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} told={told}>
              {seenAt(seen.get(person.id), told)}
            </PersonRow>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const seenAt = (at: Instant | undefined, told: Told) =>
  at === undefined ? words[told.language].list.never : <Time {...told} at={at} />;

const PersonRow = ({
  person,
  told,
  children,
}: {
  person: Person;
  told: Told;
  children: ComponentChildren;
}): JSX.Element => (
  <tr>
    <th scope="row">
      <span class="whom">
        <Face name={calledOf(person)} />
        <span>
          <span class="name">
            <a href={`${home}/${person.id}`}>
              <bdi>{calledOf(person)}</bdi>
            </a>
            <Badges person={person} told={told} />
          </span>
          <span class="small soft">{saidOf(person)}</span>
        </span>
      </span>
    </th>
    <td class="late small soft">{children}</td>
  </tr>
);

/** How somebody stands, what matters first. */
export const Badges = ({ person, told }: { person: Person; told: Told }): JSX.Element => (
  <>
    {badgesOf(person, told).map(({ text, tone }) => (
      <span key={text} class={`badge ${tone}`}>
        {text}
      </span>
    ))}
  </>
);

function badgesOf({ disabledAt, isLocked, hasSecond, role }: Person, { language }: Told): readonly Badge[] {
  const { badges, roles } = words[language];
  const all: readonly [boolean, Badge][] = [
    [disabledAt !== null, { text: badges.disabled, tone: 'warn' }],
    [isLocked, { text: badges.locked, tone: 'warn' }],
    [role !== null, { text: role === null ? '' : roles[role], tone: 'plain' }],
    [hasSecond, { text: badges.second, tone: 'good' }],
    [!hasSecond, { text: badges.weak, tone: 'plain' }],
  ];
  return all.filter(([holds]) => holds).map(([, badge]) => badge);
}

/** What else they are called. */
export const saidOf = (person: Person): string =>
  [person.username, person.email].filter((said) => said !== null && said !== calledOf(person)).join(' · ');
