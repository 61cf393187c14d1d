import type { Gate } from '../proving/gate.ts';
import { type Came, handOver, takeBack } from '../proving/handing-over.ts';
import { accountNamed, withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

/** `user hand-over`, `take-back`: who keeps somebody from now on. */

const because = {
  gone: 'is gone.',
  office: 'has a role: no program keeps them. Take the role first.',
  directory: 'is kept by the directory.',
} as const;

export const handOverUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, handOver, 'is kept by whoever holds a token for SCIM.');

export const takeBackUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, takeBack, 'is kept here, and by no program.');

async function change(
  name: string,
  options: WithConfig,
  act: (gate: Gate, id: Parameters<typeof handOver>[1]) => Promise<Came>,
  done: string,
): Promise<void> {
  await withGate(options, async (gate) => {
    const { id, username } = await accountNamed(gate, name);
    const came = await act(gate, id);
    if (came !== 'done' && came !== 'already') throw new Refusal(`${username} ${because[came]}`);
    console.log(`${username} ${done}`);
  });
}
