import { type Account, addAccount, findAccount, saveDisabled, saveNames } from '../core/accounts/store.ts';
import type { AttemptId } from '../core/attempts/store.ts';
import { addEntry, type Entry } from '../core/audit/store.ts';
import type { Entry as Known } from '../core/directory/entries.ts';
import type { Ldap } from '../core/directory/ldap.ts';
import { findLink, findLinkOf, type Link, saveLink } from '../core/directory/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import type { Instant } from '../kernel/clock.ts';
import { newId } from '../kernel/ids.ts';
import type { Transaction } from '../store/database.ts';
import { type Directory, DirectoryDown } from '../store/directory.ts';
import type { Means } from '../store/means.ts';
import { endAll } from './people.ts';

/**
 * People of a directory are people here (`docs/adr/0032`): an account of their own, tied to the entry's id. It keeps their
 * password and says who may come in; whatever they prove besides is kept here, and the flow is everybody's.
 */
export function openDirectory(means: Means, ldap: Ldap): Directory {
  const { database, clock } = means;
  return {
    async admit(typed) {
      const entry = await ldap.byName(typed).catch(silence);
      if (entry !== null) await database.transaction((tx) => take(tx, means, entry));
    },

    find: findLink,

    async letsIn(account, age, attempt) {
      const link = await findLink(database.read, account);
      if (link === null) return true;
      if (clock.now() - link.askedAt < age) return link.shutOutAt === null;
      const entry = await ldap.byId(link.entry);
      return database.transaction((tx) => settle(tx, means, { link, entry, attempt: attempt as AttemptId }));
    },

    async check(account, password) {
      const link = await findLink(database.read, account);
      const right = ldap.binds(link?.dn ?? ldap.nobody, password);
      // Whoever has a password here gets in while the directory is down, and waits for it as long as anybody.
      const isRight = link === null && account !== null ? await right.catch(silence) : await right;
      return link !== null && isRight === true;
    },
  };
}

/** Who is to be known is not found out now: their password will not be, either, and that is said then. */
function silence(failure: unknown): null {
  if (failure instanceof DirectoryDown) return null;
  throw failure;
}

/** Somebody of the directory, met by name. Whose name or address is taken here is not taken in, and never merged with them. */
async function take(tx: Transaction, means: Means, entry: Known): Promise<void> {
  const link = await findLinkOf(tx, entry.id);
  if (link !== null) {
    await settle(tx, means, { link, entry });
    return;
  }
  if (entry.shutOut !== null) return;
  const now = means.clock.now();
  const id = newId<'account'>(means.chance);
  const { username, email, name, groups } = entry;
  const account = {
    id,
    username,
    email,
    name,
    groups,
    role: null,
    language: 'en',
    disabledAt: null,
    createdAt: now,
  } as const;
  if (!(await addAccount(tx, account))) return;
  await saveLink(tx, { account: id, entry: entry.id, dn: entry.dn, since: now, askedAt: now, shutOutAt: null });
  await record(tx, means, { event: 'account.added', account: id });
}

interface Said {
  readonly link: Link;
  /** Null: it knows them no more, or not as somebody who may sign in. */
  readonly entry: Known | null;
  readonly attempt?: AttemptId | undefined;
}

/** Follows what the directory says of somebody now. @returns may they come in? */
async function settle(tx: Transaction, means: Means, said: Said): Promise<boolean> {
  const { link, entry } = said;
  await oneAtATime(tx, link.account);
  const account = await findAccount(tx, link.account);
  if (account === null) return false;
  if (entry !== null) await saveNames(tx, account, entry);
  const because = entry === null ? 'gone' : entry.shutOut;
  const shutOutAt = because === null ? await letIn(tx, means, said, account) : await shutOut(tx, means, said, account);
  await saveLink(tx, { ...link, dn: entry?.dn ?? link.dn, askedAt: means.clock.now(), shutOutAt });
  return shutOutAt === null;
}

/** Whom it shut out, it lets in again; whoever was shut out here stays so. */
async function letIn(tx: Transaction, means: Means, { link }: Said, { id, disabledAt }: Account): Promise<null> {
  if (disabledAt === null || disabledAt !== link.shutOutAt) return null;
  await saveDisabled(tx, id, null);
  await record(tx, means, { event: 'account.enabled', account: id });
  return null;
}

async function shutOut(
  tx: Transaction,
  means: Means,
  { link, entry, attempt }: Said,
  { id, disabledAt }: Account,
): Promise<Instant> {
  const now = means.clock.now();
  if (disabledAt !== null) return link.shutOutAt ?? now;
  await saveDisabled(tx, id, now);
  await endAll(tx, id, { attempt });
  await record(tx, means, { event: 'account.disabled', account: id, detail: { because: entry?.shutOut ?? 'gone' } });
  return now;
}

const record = (
  tx: Transaction,
  means: Means,
  told: Pick<Entry, 'event' | 'account'> & Partial<Pick<Entry, 'detail'>>,
): Promise<void> => addEntry(tx, means, { detail: {}, ...told, actor: 'directory', address: 'directory' });
