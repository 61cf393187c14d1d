import type { ComponentChildren, JSX } from 'preact';
import type { ApiToken } from '../../core/api-tokens/store.ts';
import { endOf, type Service } from '../../core/applications/services.ts';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { House, Running, SigningKey } from '../../house.ts';
import { days, type Instant, shift } from '../../kernel/clock.ts';
import { languages } from '../../ui/language.ts';
import { Time } from '../../ui/time.tsx';
import { type Badge, Panel, Row } from '../portal/pages.tsx';
import type { Told } from '../portal/ways.tsx';
import { Page } from './page.tsx';
import type { Desk } from './scene.ts';
import { words } from './settings-words.ts';

/** A certificate as it stands in its file now; null: it cannot be read. */
export type Certificate = { readonly names: string; readonly until: Instant } | null;

/** What the page shows besides the house. */
export interface Set {
  readonly house: Pick<House, 'applications' | 'services' | 'running'>;
  readonly tokens: readonly ApiToken[];
  /** Services for which nobody answers, by their ids. */
  readonly orphans: readonly string[];
  /** Undefined: there is none here. */
  readonly certificate: Certificate | undefined;
  readonly signing: readonly SigningKey[];
  readonly sealing: number;
  /** What people call a method. */
  nameOf(method: string): string;
}

/** When somebody should see to it. */
const soon = days(21);

/** How this house is set up, and what of it ends when: to read, for nothing of it is changed on a page. */
export function settingsPage(desk: Desk, set: Set, told: Told): JSX.Element {
  const say = words[told.language];
  const { applications, services, running } = set.house;
  return (
    <Page desk={desk} title={say.title} lead={say.lead}>
      <List title={say.programs.title} none={say.programs.none}>
        {services.map((one) => serviceRow(one, set.orphans.includes(one.id), told))}
        {set.tokens.map((one) => tokenRow(one, told))}
      </List>
      <List title={say.realms.title} none={say.realms.none}>
        {running.realms.map((one) => realmRow(one, applications, told))}
      </List>
      <List title={say.delivery.title} none="">
        {deliveryRows(running, set, told)}
      </List>
      <List title={say.keys.title} none="">
        {keyRows(set, told)}
      </List>
      <List title={say.elsewhere.title} none={say.elsewhere.none}>
        {running.directory.map((server) => (
          <Row key={server} icon="people" name={server} about={say.elsewhere.directory} />
        ))}
        {running.streams.map(({ name, to }) => (
          <Row key={name} icon="list" name={name} about={`${say.elsewhere.stream} ${to}`} />
        ))}
      </List>
    </Page>
  );
}

const List = ({ title, none, children }: { title: string; none: string; children: ComponentChildren }): JSX.Element => (
  <Panel title={title}>{[children].flat(2).length === 0 ? <p class="nothing soft">{none}</p> : children}</Panel>
);

const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part != null && part !== '').join(' · ');

const plain = (text: string): Badge => ({ text, tone: 'plain' });
const warned = (text: string): Badge => ({ text, tone: 'warn' });

function serviceRow(service: Service, isOrphan: boolean, told: Told): JSX.Element {
  const say = words[told.language].programs;
  const { id, name, owner, scopes } = service;
  const badge = isOrphan ? warned(say.orphan) : ending(endOf(service), told);
  return (
    <Row
      key={id}
      icon="key"
      name={name}
      badge={badge}
      about={
        <>
          {joined(id, scopes.join(' '), say.by(owner))} · {say.until} <Time {...told} at={endOf(service)} />
        </>
      }
    />
  );
}

function tokenRow({ name, scopes, networks, realm, expiresAt, lastUsedAt }: ApiToken, told: Told): JSX.Element {
  const say = words[told.language].programs;
  return (
    <Row
      key={name}
      icon="key"
      name={name}
      // Made to end soon: only that it has is news.
      badge={expiresAt <= told.now ? warned(words[told.language].past) : undefined}
      about={
        <>
          {joined(scopes.join(' '), say.from(networks.join(', ')), realm === '' ? null : say.realm(realm))} ·{' '}
          {say.until} <Time {...told} at={expiresAt} /> ·{' '}
          {lastUsedAt === null ? (
            say.unused
          ) : (
            <>
              {say.used} <Time {...told} at={lastUsedAt} />
            </>
          )}
        </>
      }
    />
  );
}

function realmRow(
  { id, name, applications, ownMark }: Running['realms'][number],
  all: readonly ApplicationSettings[],
  { language }: Told,
): JSX.Element {
  const say = words[language].realms;
  const taken = applications.map((one) => all.find((other) => other.id === one)?.name ?? one);
  const about = joined(id, say.at(taken.length > 0 ? taken.join(', ') : say.forms));
  return <Row key={id} icon="token" name={name} badge={plain(ownMark ? say.own : say.shared)} about={about} />;
}

function deliveryRows({ mail, sms, sends }: Running, { nameOf }: Set, { language }: Told): readonly JSX.Element[] {
  const say = words[language].delivery;
  const numbers = new Intl.NumberFormat(language);
  return [
    <Row
      key="mail"
      icon="mail"
      name={say.mail}
      {...(mail?.tls === 'none' && { badge: warned(say.clear) })}
      about={mail === null ? say.noMail : joined(mail.server, say.from(mail.from))}
    />,
    ...closingsOf(mail).map(([read, closing]) => (
      <Row key={read} icon="mail" name={say.closing[read]} about={closing.join(' · ')} />
    )),
    <Row key="sms" icon="message" name={say.sms} about={sms ?? say.noSms} />,
    ...sends.map(({ method, limits, daily }) => (
      <Row
        key={method}
        icon="list"
        name={say.sends(nameOf(method))}
        about={joined(limits.map(say.limit).join(', '), say.daily(numbers.format(daily)))}
      />
    )),
  ];
}

/** How letters end, in each language that has something to say. */
const closingsOf = (mail: Running['mail']) =>
  languages.flatMap((read) => {
    const closing = mail?.words.closing[read] ?? [];
    return closing.length === 0 ? [] : [[read, closing] as const];
  });

function keyRows({ certificate, signing, sealing }: Set, told: Told): readonly JSX.Element[] {
  const say = words[told.language].keys;
  return [
    <Row key="certificate" icon="password" name={say.certificate} {...standing(certificate, told)} />,
    ...signing.map(({ kid, state }) => (
      <Row
        key={kid}
        icon="key"
        name={say.signing}
        badge={state === 'signs' ? { text: say.signs, tone: 'good' } : plain(say[state])}
        about={kid}
      />
    )),
    <Row key="sealing" icon="key" name={say.sealing} about={say.sealed(sealing)} />,
  ];
}

function standing(
  certificate: Set['certificate'],
  told: Told,
): { badge?: Badge | undefined; about: ComponentChildren } {
  const say = words[told.language].keys;
  if (certificate === undefined) return { about: say.proxied };
  if (certificate === null) return { badge: warned(say.unread), about: '' };
  const { names, until } = certificate;
  const about = (
    <>
      {names} · {say.until} <Time {...told} at={until} />
    </>
  );
  return { badge: ending(until, told), about };
}

function ending(until: Instant, { now, language }: Told): Badge | undefined {
  const say = words[language];
  if (until <= now) return warned(say.past);
  return until <= shift(now, soon) ? warned(say.soon) : undefined;
}
