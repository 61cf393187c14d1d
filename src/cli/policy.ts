import { stringify } from 'yaml';
import { type Policy, readPolicy } from '../core/policies/document.ts';
import { findLatest, findVersion, listVersions, type Version } from '../core/policies/store.ts';
import { dateOf } from '../kernel/clock.ts';
import { nameableIn } from '../load-settings.ts';
import type { Gate } from '../proving/gate.ts';
import { host } from '../proving/office.ts';
import { applyPolicy, weighPolicy } from '../proving/policies.ts';
import { withGate } from './gate.ts';
import { Refusal, refusalOf, type WithConfig } from './settings.ts';
import { yamlIn } from './yaml-file.ts';

/** What is in force, or was, and whose it is. */
export async function showPolicy(options: WithConfig & { number?: string }): Promise<void> {
  await withGate(options, async (gate) => {
    const { told, policy } = await policyNumbered(gate, options.number);
    console.log(`# ${told}\n${stringify(policy)}`);
  });
}

/** The document alone: what `apply` takes. */
export async function exportPolicy(options: WithConfig & { number?: string }): Promise<void> {
  await withGate(options, async (gate) => {
    console.log(stringify((await policyNumbered(gate, options.number)).policy).trimEnd());
  });
}

export async function checkPolicy(file: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate, settings) => {
    const policy = policyIn(file, nameableIn(settings));
    const { mistakes, warnings } = await weighPolicy(gate.database.read, gate, policy);
    if (mistakes.length > 0) throw refusalOf('The policy', mistakes);
    warn(warnings);
    console.log('The policy is good. Nothing was changed.');
  });
}

export async function usePolicy(file: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate, settings) => {
    const policy = policyIn(file, nameableIn(settings));
    const applied = await applyPolicy(gate, host, { policy, after: await findLatest(gate.database.read) });
    if (applied.is === 'refused') throw refusalOf('The policy', applied.mistakes);
    if (applied.is === 'outrun')
      throw new Refusal('Somebody else changed the policy at the same time. Look at theirs.');
    warn(applied.warnings);
    console.log(`The policy is in force, as version ${applied.version}.`);
  });
}

export async function policyHistory(options: WithConfig): Promise<void> {
  await withGate(options, async ({ database }) => {
    const versions = await listVersions(database.read, 100);
    for (const one of versions) console.log(`${one.version}\t${toldOf(one)}`);
    if (versions.length === 0) console.log('None was applied: the configuration’s is in force.');
  });
}

async function policyNumbered(gate: Gate, number: string | undefined): Promise<{ told: string; policy: Policy }> {
  const { read } = gate.database;
  const wanted = number === undefined ? await findLatest(read) : Number(number);
  if (number === undefined && wanted === 0) return { told: 'Of the configuration.', policy: await gate.policy(read) };
  const found = Number.isInteger(wanted) ? await findVersion(read, wanted) : null;
  if (found === null) throw new Refusal(`There is no version ${number}.`);
  return { told: `Version ${found.version}, ${toldOf(found)}.`, policy: found.policy };
}

const toldOf = ({ at, author }: Version): string => `${dateOf(at).toISOString()}, by ${author}`;

/** @throws Refusal that names every mistake */
function policyIn(file: string, nameable: Parameters<typeof readPolicy>[1]): Policy {
  const read = readPolicy(yamlIn(file, 'The policy'), nameable);
  if (read.is === 'bad') throw refusalOf('The policy', read.mistakes);
  return read.config;
}

export function warn(warnings: readonly string[]): void {
  for (const warning of warnings) console.error(`Mind: ${warning}.`);
}
