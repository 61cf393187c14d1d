import type { Credential } from '../../methods/method.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import type { Language } from '../../ui/language.ts';
import { momentIn } from '../../ui/moment.ts';
import type { Way } from './pages.tsx';
import { words } from './words.ts';

const few = 3;

/** The rows of one method: one for each thing set up, or one that says it is not. */
export function waysOf(method: LiveMethod, credentials: readonly Credential[], language: Language): readonly Way[] {
  const say = words[language].security;
  const { name, hint } = method.words[language];
  const common = { icon: method.icon, name };
  const to = (act: string) => `/account/security/${method.id}/${act}`;
  if (credentials.length === 0) {
    if (method.role === 'backup') return [];
    const acts = [{ to: to('set-up'), label: say.setUp, kind: 'second' as const }];
    return [{ ...common, key: method.id, badge: { text: say.off, tone: 'plain' }, about: hint, acts }];
  }
  return credentials.map((credential, index) => ({
    ...common,
    key: credential.id,
    badge: badgeOf(credential, say),
    about: about(method, credential, language),
    acts: actsOf(method, credential, index === credentials.length - 1),
  }));

  function actsOf({ role }: LiveMethod, { id }: Credential, last: boolean): Way['acts'] {
    if (role === 'first') return [{ to: to('set-up'), label: say.change, kind: 'second' }];
    if (role === 'backup') return [{ to: to('set-up'), label: say.newCodes, kind: 'second' }];
    const another = { to: to('set-up'), label: say.another, kind: 'second' as const };
    return [...(last ? [another] : []), { to: to(`remove/${id}`), label: say.remove, kind: 'danger' }];
  }
}

function badgeOf({ left }: Credential, say: (typeof words)['en']['security']): Way['badge'] {
  if (left === null) return { text: say.on, tone: 'good' };
  return { text: say.left(left), tone: left <= few ? 'warn' : 'good' };
}

function about({ role }: LiveMethod, { bound, lastUsedAt }: Credential, language: Language): string {
  const say = words[language].security;
  const when = momentIn(language, bound.at);
  const used = lastUsedAt === null ? say.neverUsed : say.used(momentIn(language, lastUsedAt));
  return `${role === 'first' ? say.changed(when) : say.added(when)} · ${used}`;
}

/** What its owner should know: one sentence each, the pressing one first. */
export function notesOf(owned: ReadonlyMap<LiveMethod, readonly Credential[]>, language: Language): readonly string[] {
  const say = words[language].security;
  const notes: string[] = [];
  if (![...owned].some(([{ role }, credentials]) => role === 'second' && credentials.length > 0)) notes.push(say.alone);
  for (const credentials of owned.values()) {
    for (const { left } of credentials) if (left !== null && left <= few) notes.push(say.few(left));
  }
  return notes;
}
