import { saveGroups } from '../core/accounts/listing.ts';
import type { Change } from '../core/arrangement/changes.ts';
import type { Arrangement } from '../core/arrangement/document.ts';
import { addEntry } from '../core/audit/store.ts';
import { toldOf, weakerFor } from '../core/policies/weaker.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { unhurried } from '../kernel/timers.ts';
import type { Transaction } from '../store/database.ts';
import { type Move, type Plan, planOf } from './arrangement-plan.ts';
import type { Gate } from './gate.ts';
import { listKeepers } from './keepers.ts';
import type { Office } from './office.ts';
import { whoseRules } from './owned.ts';
import { giveRoleIn } from './people.ts';
import { putInForce, type Weighed, weakerThan, weighPolicy } from './policies.ts';
import { type Tried, triedOver } from './policy-laws.ts';

/** What whoever applies a document says yes to before they are asked. */
export interface Allowed {
  /** Somebody else changed the same since it was made. */
  readonly force: boolean;
  /** Less is asked of somebody than before. */
  readonly weaken: boolean;
  /** Everything is weighed, and nothing changed. */
  readonly dryRun: boolean;
}

export interface Arranged extends Weighed {
  readonly is: 'applied' | 'same' | 'refused' | 'outrun' | 'weaker' | 'tried';
  readonly changes: readonly Change[];
  readonly weaker: readonly string[];
  /** What somebody else changed since the document was made. */
  readonly outrun: readonly string[];
}

/** Makes everything as a document says, in one transaction: all of it, or nothing (`docs/adr/0044`). */
export async function arrange(gate: Gate, office: Office, wanted: Arrangement, allowed: Allowed): Promise<Arranged> {
  const tried = wanted.policy === undefined ? nothingToTry : await triedOver(gate, wanted.policy);
  try {
    return await gate.database.transaction(async (tx) => {
      const plan = await hold(tx, gate, wanted);
      const { changes, outrun, mistakes } = plan;
      const weighed =
        mistakes.length > 0 ? { mistakes, warnings: [] } : await carryOut(tx, gate, office, { ...plan, tried });
      const told = { changes, outrun, weaker: await weakerBy(gate, plan), ...weighed };
      const is = outcomeOf(told, allowed);
      if (is !== 'applied') throw new Undone({ is, ...told });
      return { is, ...told };
    });
  } catch (failure) {
    if (failure instanceof Undone) return failure.told;
    throw failure;
  }
}

/** The policy stays as it is. */
const nothingToTry: Tried = { broken: [], whole: true };

/** Thrown to roll back what a document would do, once it is known. */
class Undone extends Error {
  readonly told: Arranged;
  constructor(told: Arranged) {
    super(told.is);
    this.told = told;
  }
}

function outcomeOf({ mistakes, changes, outrun, weaker }: Omit<Arranged, 'is'>, allowed: Allowed): Arranged['is'] {
  if (mistakes.length > 0) return 'refused';
  if (changes.length === 0) return 'same';
  if (outrun.length > 0 && !allowed.force) return 'outrun';
  if (weaker.length > 0 && !allowed.weaken) return 'weaker';
  return allowed.dryRun ? 'tried' : 'applied';
}

/** Nobody else changes those it is about meanwhile, nor any of those of whom one has to stay. Read again, once they are held. */
async function hold(tx: Transaction, gate: Gate, wanted: Arrangement): Promise<Plan> {
  const { moves } = await planOf(tx, gate, wanted);
  const held = new Set([...moves.map(({ person }) => person.id), ...(await listKeepers(tx)).map(({ id }) => id)]);
  for (const id of [...held].sort()) await oneAtATime(tx, id);
  const plan = await planOf(tx, gate, wanted);
  const late = plan.moves.filter(({ person }) => !held.has(person.id));
  return {
    ...plan,
    mistakes: [...plan.mistakes, ...late.map(({ person }) => `${person.username} was changed just now: try again`)],
  };
}

/** @returns what is wrong with how everything stands then: nobody would be left who can put it right */
async function carryOut(
  tx: Transaction,
  gate: Gate,
  office: Office,
  { moves, policy, tried }: Plan & { tried: Tried },
): Promise<Weighed> {
  const before = await listKeepers(tx);
  for (const move of moves) await carryOutMove(tx, gate, office, move);
  const next = { policy: policy.is, after: policy.version };
  if (policy.changes && !(await putInForce(tx, gate, office, next)))
    return { mistakes: ['policy: another one came into force just now: try again'], warnings: [] };
  const weighed = await weighPolicy(tx, gate, policy.is, tried);
  const isEmpty = before.length > 0 && (await listKeepers(tx)).length === 0;
  return isEmpty ? { mistakes: [...weighed.mistakes, nobodyLeft], warnings: [] } : weighed;
}

const nobodyLeft = 'roles: nobody would be left who may do everything, and so could put anything right';

async function carryOutMove(
  tx: Transaction,
  gate: Gate,
  office: Office,
  { person, role, groups }: Move,
): Promise<void> {
  if (person.role !== role) await giveRoleIn(tx, gate, office, { person, role });
  const joined = groups.filter((group) => !person.groups.includes(group)).join(', ');
  const left = person.groups.filter((group) => !groups.includes(group)).join(', ');
  if (joined === '' && left === '') return;
  await saveGroups(tx, [{ id: person.id, groups }]);
  const { actor, address, reason } = office;
  const detail = {
    ...(joined !== '' && { joined }),
    ...(left !== '' && { left }),
    ...(reason !== undefined && { reason }),
  };
  await addEntry(tx, gate, { event: 'account.changed', account: person.id, actor, address, detail });
}

/** By the policy itself, and by who is somebody else to it now. */
async function weakerBy(gate: Gate, { policy: { was: before, is: after }, moves }: Plan): Promise<readonly string[]> {
  const people = moves.map(({ person, ...is }) => ({ was: whoseRules(person), is: whoseRules({ ...person, ...is }) }));
  const byMoves = await unhurried(weakerFor({ before, after, natures: [...gate.methods.values()] }, people));
  return [...new Set([...(await weakerThan(gate, { before, after })), ...byMoves].map(toldOf))];
}
