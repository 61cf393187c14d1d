import type { JSX } from 'preact';
import { type ApplicationSettings, hasSecret } from '../../core/applications/settings.ts';
import type { Rule } from '../../core/policies/settings.ts';
import type { Site } from '../../core/sites/settings.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Language } from '../../ui/language.ts';
import { Time } from '../../ui/time.tsx';
import { Panel, Row, type RowProps } from '../portal/pages.tsx';
import type { Told } from '../portal/ways.tsx';
import { words } from './applications-words.ts';
import type { Series } from './figures.ts';
import { Page } from './page.tsx';
import { PerDay } from './per-day.tsx';
import { type Naming, RuleList } from './policies/rule.tsx';
import type { Desk } from './scene.ts';

/** What people sign in to: it asks us itself, or a proxy does before it. */
export type Application = ({ readonly kind: 'client' } & ApplicationSettings) | ({ readonly kind: 'site' } & Site);

export interface Owner {
  readonly name: string;
  readonly standing: 'sees' | 'without-role' | 'unknown';
}

/** Somebody who signed in on the way there. */
export interface Comer {
  /** Null: they are gone since. */
  readonly name: string | null;
  /** Whose page it leads to; null: to none. */
  readonly page: string | null;
  readonly at: Instant;
  readonly excused: boolean;
}

interface Seen {
  /** Those that may hold there, in their order. */
  readonly rules: readonly Rule[];
  readonly naming: Naming;
  readonly owners: readonly Owner[];
  readonly signIns: Series;
  readonly comers: readonly Comer[];
}

/** All that somebody may see. */
export function applicationsPage(desk: Desk, applications: readonly Application[]): JSX.Element {
  const say = words[desk.frame.language];
  const owns = desk.role === 'application-owner';
  return (
    <Page desk={desk} title={say.title} lead={owns ? say.own : say.lead}>
      <Panel title={say.title}>
        {applications.length === 0 && <p class="nothing soft">{owns ? say.noneOfYours : say.none}</p>}
        {applications.map((application) => (
          <Row
            key={application.id}
            name={<a href={`/admin/applications/${application.id}`}>{application.name}</a>}
            {...shortly(application, desk.frame.language)}
          />
        ))}
      </Panel>
    </Page>
  );
}

/** What it is, in a line. */
function shortly(application: Application, language: Language): Pick<RowProps, 'icon' | 'badge' | 'about'> {
  const say = words[language];
  const { id } = application;
  if (application.kind === 'site')
    return { icon: 'window', about: `${id} · ${say.site} · ${application.origin.origin}` };
  const proves = application.authenticatesBy === 'keys' ? say.keys : hasSecret(application) ? say.secret : say.public;
  const parts = [id, proves, ...(application.identity ? [say.pages] : []), ...(application.mayName ? [say.names] : [])];
  return {
    icon: 'grid',
    badge: { text: application.firstParty ? say.ours : say.asks, tone: 'plain' },
    about: parts.join(' · '),
  };
}

/** One of them: who comes, by what rules, how it is set up, and who answers for it. */
export function applicationPage(desk: Desk, application: Application, seen: Seen, told: Told): JSX.Element {
  const { language } = told;
  const say = words[language];
  return (
    <Page
      desk={desk}
      title={application.name}
      lead={<a href="/admin/applications">{desk.role === 'application-owner' ? say.own : say.all}</a>}
    >
      <PerDay id="sign-ins" series={seen.signIns} say={say.signIns} language={language} />
      <Panel title={say.rules}>
        <p class="nothing soft">{say.rulesAbout}</p>
        <RuleList rules={seen.rules} naming={seen.naming} />
      </Panel>
      <Panel title={say.lately}>
        <p class="nothing soft">{seen.comers.length === 0 ? say.nobodyLately : say.latelyAbout}</p>
        {seen.comers.map((comer) => (
          <ComerRow key={`${comer.at}`} comer={comer} told={told} />
        ))}
      </Panel>
      <Panel title={say.setUp}>
        {factsOf(application, told).map(([name, fact]) => (
          <Row key={name} icon="grid" name={name} about={fact} />
        ))}
      </Panel>
      <Panel title={say.owners}>
        {seen.owners.length === 0 && <p class="nothing soft">{say.nobody}</p>}
        {seen.owners.map(({ name, standing }) => (
          <Row key={name} icon="person" name={name} {...standingOf(standing, told)} />
        ))}
      </Panel>
    </Page>
  );
}

function ComerRow({ comer: { name, page, at, excused }, told }: { comer: Comer; told: Told }): JSX.Element {
  const say = words[told.language];
  return (
    <Row
      icon="person"
      name={page === null ? (name ?? say.gone) : <a href={`/admin/people/${page}`}>{name}</a>}
      {...(excused && { badge: { text: say.excused, tone: 'plain' as const } })}
      about={<Time {...told} at={at} />}
    />
  );
}

function standingOf(standing: Owner['standing'], { language }: Told): Pick<RowProps, 'badge' | 'about'> {
  const say = words[language];
  const warned = (text: string) => ({ text, tone: 'warn' as const });
  if (standing === 'unknown') return { badge: warned(say.unknown), about: '' };
  return standing === 'sees' ? { about: '' } : { badge: warned(say.withoutRole), about: say.withoutRoleAbout };
}

/** What stands in the configuration, but for secrets. What is not set is not told. */
function factsOf(application: Application, { language }: Told): readonly (readonly [string, string])[] {
  const say = words[language].facts;
  const facts =
    application.kind === 'site'
      ? [
          [say.id, application.id],
          [say.origin, application.origin.origin],
          [say.strict, application.rules.flatMap(({ paths }) => paths).join(', ')],
        ]
      : [
          [say.id, application.id],
          [say.to, application.redirectUris.join(', ')],
          [say.after, application.postLogoutRedirectUris.join(', ')],
          [say.told, application.backchannelLogoutUri ?? ''],
          [say.scopes, application.scopes.join(' ')],
        ];
  return facts.flatMap(([name = '', fact = '']) => (fact === '' ? [] : [[name, fact] as const]));
}
