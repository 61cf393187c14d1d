import type { ComponentChildren } from 'preact';
import type { Instant } from '../../kernel/clock.ts';
import type { Credential } from '../../methods/method.ts';
import { runningOut } from '../../proving/codes-left.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import type { Ways } from '../../proving/owned.ts';
import type { Language } from '../../ui/language.ts';
import { Time } from '../../ui/time.tsx';
import type { Badge, Section, Way } from './pages.tsx';
import { words } from './words.ts';

/** Whom it is told to, and when. */
export interface Told {
  readonly language: Language;
  readonly now: Instant;
}

/** What comes after the password first: it is what keeps a stolen password from opening anything. */
export function sectionsOf(owned: Ways, told: Told, mayChange: boolean): readonly Section[] {
  const say = words[told.language].security;
  const ways = (first: boolean) =>
    [...owned]
      .filter(([{ role }]) => (role === 'first') === first)
      .flatMap(([method, credentials]) => waysOf(method, credentials, told))
      // Their password is theirs, and so is what they call their things.
      .map((way) => (first || mayChange ? way : { ...way, acts: way.acts.filter(({ kind }) => kind === 'link') }))
      .filter(({ acts, badge }) => acts.length > 0 || badge?.text !== say.off);
  return [
    { title: say.second, ways: ways(false) },
    { title: say.first, ways: ways(true) },
  ];
}

/** The rows of one method: one for each thing set up, or one that says it is not. */
function waysOf(method: LiveMethod, credentials: readonly Credential[], told: Told): readonly Way[] {
  const say = words[told.language].security;
  const { name, hint } = method.words[told.language];
  const common = { icon: method.icon, name };
  const to = (act: string) => `/account/security/${method.id}/${act}`;
  if (credentials.length === 0) {
    if (method.role === 'backup') return [];
    const acts = [{ to: to('set-up'), label: say.setUp, kind: 'second' as const }];
    return [{ ...common, key: method.id, badge: { text: say.off, tone: 'plain' }, about: hint, acts }];
  }
  return credentials.map((credential, index) => ({
    ...common,
    ...(credential.mark !== undefined && { icon: { mark: credential.mark } }),
    name: credential.label ?? name,
    key: credential.id,
    badge: badgeOf(credential, told),
    about: about(method, credential, told),
    acts: actsOf(method, credential, index === credentials.length - 1),
  }));

  function actsOf({ role, one }: LiveMethod, { id, elsewhere }: Credential, last: boolean): Way['acts'] {
    if (elsewhere) return [];
    if (role === 'first') return [{ to: to('set-up'), label: say.change, kind: 'second' }];
    if (role === 'backup') return [{ to: to('set-up'), label: say.newCodes, kind: 'second' }];
    const another = { to: to('set-up'), label: one ? say.replace : say.another, kind: 'second' as const };
    return [
      ...(last ? [another] : []),
      { to: to(`rename/${id}`), label: say.rename, kind: 'link' },
      { to: to(`remove/${id}`), label: say.remove, kind: 'danger' },
    ];
  }
}

function badgeOf({ left, note }: Credential, { language }: Told): Badge {
  const say = words[language].security;
  if (left === null) return { text: note?.[language] ?? say.on, tone: 'good' };
  return { text: say.left(left), tone: left <= runningOut ? 'warn' : 'good' };
}

function about(
  method: LiveMethod,
  { bound, label, mark, madeIn, lastUsedAt }: Credential,
  told: Told,
): ComponentChildren {
  const say = words[told.language].security;
  const time = <Time {...told} at={bound.at} />;
  const when = madeIn === undefined ? time : say.madeIn(time, madeIn);
  const used = lastUsedAt === null ? say.neverUsed : say.used(<Time {...told} at={lastUsedAt} />);
  return (
    <>
      {label !== null && mark === undefined && <>{method.words[told.language].name} · </>}
      {method.role === 'first' ? say.changed(when) : say.added(when)} · {used}
    </>
  );
}

/** What its owner should know: one sentence each, the pressing one first. */
export function notesOf(owned: Ways, language: Language, mayChange: boolean): readonly string[] {
  const say = words[language].security;
  if (!mayChange) return [say.fixed];
  const notes: string[] = [];
  if (![...owned].some(([{ role }, credentials]) => role === 'second' && credentials.length > 0)) notes.push(say.alone);
  for (const credentials of owned.values()) {
    for (const { left } of credentials) if (left !== null && left <= runningOut) notes.push(say.few(left));
  }
  return notes;
}
