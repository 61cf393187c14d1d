import { parse, stringify } from 'yaml';
import type { Loaded } from '../../config/load.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { AccountId } from '../accounts/store.ts';
import { type Policy, policyDocument, readPolicy } from './document.ts';
import type { Nameable } from './nameable.ts';
import type { Rule } from './settings.ts';

/** A policy that somebody is still writing: whatever they typed is kept, also what cannot be read yet. */
export interface Draft {
  /** YAML, as it was typed. */
  readonly document: string;
  /** The version it was made from; 0: the configuration's. */
  readonly madeFrom: number;
  readonly at: Instant;
}

type Tables = { policy_draft: { account_id: string; document: string; made_from: number; at: number } };
const own = (handle: Handle) => handle.withTables<Tables>();

export async function findDraft(handle: Handle, author: AccountId): Promise<Draft | null> {
  const row = await own(handle)
    .selectFrom('policy_draft')
    .selectAll()
    .where('account_id', '=', author)
    .executeTakeFirst();
  return row === undefined ? null : { document: row.document, madeFrom: row.made_from, at: row.at as Instant };
}

/** In place of what they had. */
export async function saveDraft(
  tx: Transaction,
  { clock }: Means,
  author: AccountId,
  { document, madeFrom }: Omit<Draft, 'at'>,
): Promise<void> {
  const row = { document, made_from: madeFrom, at: clock.now() };
  await own(tx)
    .insertInto('policy_draft')
    .values({ account_id: author, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute();
}

/** @param document left out, whatever they typed; else this alone: what they have typed since stays */
export async function removeDraft(tx: Transaction, author: AccountId, document?: string): Promise<void> {
  let drafts = own(tx).deleteFrom('policy_draft').where('account_id', '=', author);
  if (document !== undefined) drafts = drafts.where('document', '=', document);
  await drafts.execute();
}

/** What somebody typed, or all that is wrong with it; where the text itself cannot be read, with its line. */
export function readText(text: string, nameable: Nameable): Loaded<Policy> {
  let given: unknown;
  try {
    given = parse(text, { logLevel: 'error' });
  } catch (failure) {
    // Also names that stand for each other without end (a "billion laughs"), or what is nested too deep.
    if (!(failure instanceof Error)) throw failure;
    return { is: 'bad', mistakes: [failure.message.replace(/:?\n.*$/s, '')] };
  }
  return readPolicy(given, nameable);
}

/** The policy as somebody would write it: what is so anyway is left out. */
export const textOf = (policy: Policy): string => stringify(lean(policy));

function lean({ policies, ...sections }: Policy): object {
  const kept = Object.entries(sections).filter(([name, section]) => !isUsual(name, section));
  return { policies: policies.map(leanRule), ...Object.fromEntries(kept) };
}

const last = { name: 'everybody else', require: 'sfa' };
const usual = policyDocument.parse({ policies: [last] });

const isUsual = (name: string, section: unknown): boolean => isSame(usual[name as keyof Policy], section);

function leanRule(rule: Rule): object {
  let lean: object = rule;
  for (const name of Object.keys(rule)) {
    const { [name as keyof object]: _, ...less } = lean;
    const read = policyDocument.safeParse({ policies: [less, last] });
    if (read.success && isSame(read.data.policies[0], rule)) lean = less;
  }
  return lean;
}

/** Both were read by the same schema, so their parts stand in the same order. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
