import { minutes } from '../kernel/clock.ts';
import { host } from '../proving/office.ts';
import { giveLink } from '../proving/people.ts';
import { accountNamed, withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

/** The way back in: it needs the host, the database and the keys, and nothing that stands elsewhere. */
export async function rescue(name: string, options: WithConfig & { method: string }): Promise<void> {
  const { method } = options;
  await withGate(options, async (gate, { publicUrl }) => {
    const ways = [...gate.methods.values()].filter(({ role }) => role !== 'backup').map(({ id }) => id);
    if (!ways.includes(method)) throw new Refusal(`A rescue sets ${ways.join(' or ')}, not ${method}.`);
    const account = await accountNamed(gate, name);
    if (account.disabledAt !== null) throw new Refusal(`${account.username} is disabled: sallyport user enable first.`);
    const token = await giveLink(gate, host, { account, method, lifetime: minutes(15), rescue: true });
    console.log(`With this link ${account.username} sets up ${method}, once, within 15 minutes:`);
    console.log(`${publicUrl.origin}/set-up/${token}`);
  });
}
