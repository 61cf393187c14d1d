import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { findAccount, findAccountByName } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import * as registry from '../methods/index.ts';
import type { Desk, HostCommand } from '../methods/method.ts';
import type { Gate } from '../proving/gate.ts';
import { host } from '../proving/office.ts';
import { giveMethod, takeMethod } from '../proving/people.ts';
import { isHeldElsewhere } from '../proving/registering.ts';
import { accountNamed, withGate } from './gate.ts';
import { progress } from './progress.ts';
import { configOption, Refusal, type WithConfig } from './settings.ts';

/** The commands that methods bring along, each under its group. */
export function addHostCommands(program: Command): void {
  for (const method of Object.values(registry))
    for (const command of method.commands ?? []) add(program, method.id, command);
}

function add(program: Command, method: string, { usage, about, options = [], run }: HostCommand): void {
  const [group = '', ...rest] = usage.split(' ');
  const under = program.commands.find((one) => one.name() === group) ?? program.command(group).description(group);
  const command = under.command(rest.join(' ')).description(about);
  for (const [flags, meaning] of [...options, configOption]) command.option(flags, meaning);
  command.action(async () => {
    const given = command.opts<WithConfig & Record<string, string | boolean>>();
    await withGate(given, (gate) => run(deskOf(gate, method), command.args, given));
  });
}

/** What the host lends to the commands of one method. */
export function deskOf(gate: Gate, id: string): Desk {
  const method = gate.methods.get(id);
  if (method === undefined) throw new Refusal(`${id} is switched off in the configuration.`);
  const refuse = (why: string): never => {
    throw new Refusal(why);
  };
  return {
    means: gate,
    read: (file) => readFile(file, 'utf8').catch(() => refuse(`${file} cannot be read.`)),
    find: async (name) => (await accountNamed(gate, name)).id,
    known: async (name) => (await findAccountByName(gate.database.read, name))?.id ?? null,
    nameOf: async (account) => (await findAccount(gate.database.read, account))?.username ?? account,
    realm: (realm) => gate.realms.find((one) => one.id === realm) ?? null,
    isHeld: (seed) => isHeldElsewhere(gate.database.read, gate, seed),
    give: (account, save) => giveMethod(gate, host, account, { method: id, save }),
    take: (account, credential) => takeMethod(gate, host, account, { method, credential }),
    change: (account, work) =>
      gate.database.transaction(async (tx) => {
        const changed = await work(tx);
        if (changed > 0)
          await addEntry(tx, gate, { event: 'method.kept-up', account, ...host, detail: { method: id, changed } });
        return changed;
      }),
    say: (line) => console.log(line),
    progress,
    refuse,
  };
}
