import { tooFree } from '../core/api-tokens/bounds.ts';
import { addApiToken, listApiTokens, removeApiToken, type Scope, scopes } from '../core/api-tokens/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { dateOf, days, hours, minutes } from '../kernel/clock.ts';
import { isNetwork } from '../kernel/networks.ts';
import { shared } from '../otp/realms.ts';
import { host } from '../proving/office.ts';
import { withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

interface Options extends WithConfig {
  readonly scope: string;
  readonly expires: string;
  readonly network: readonly string[];
  readonly realm?: string;
}

const tooFreeIn = {
  lifetime: 'A token for people:methods serves 24h at most.',
  networks: 'A token for people:methods serves from a network you draw: no wider than /8, or /32 of IPv6.',
};

const goodName = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const units = { m: minutes, h: hours, d: days };

export async function addToken(name: string, options: Options): Promise<void> {
  if (!goodName.test(name)) throw new Refusal('A name has 1 to 64 of a-z, 0-9, dot, dash and underscore.');
  const given = {
    name,
    scopes: scopesIn(options.scope),
    networks: options.network,
    lifetime: lifeIn(options.expires),
    realm: options.realm ?? shared,
  };
  const stray = options.network.filter((network) => !isNetwork(network));
  if (stray.length > 0) throw new Refusal(`${stray.join(', ')}: a network looks like 10.0.0.0/8 or 2001:db8::/32.`);
  const free = tooFree(given);
  if (free !== null) throw new Refusal(tooFreeIn[free]);
  await withGate(options, async (gate) => {
    if (options.realm !== undefined && !gate.realms.some(({ id }) => id === options.realm))
      throw new Refusal(`There is no realm ${options.realm}: the configuration names them (realms).`);
    const token = await gate.database.transaction(async (tx) => {
      const added = await addApiToken(tx, gate, given);
      const detail = { token: name, scopes: given.scopes.join(' ') };
      if (added !== null) await addEntry(tx, gate, { event: 'api-token.added', account: null, ...host, detail });
      return added;
    });
    if (token === null) throw new Refusal(`There is a token ${name} already: sallyport api-token revoke first.`);
    console.log(`Shown this once; it serves for ${options.expires}, from ${options.network.join(', ')}:\n${token}`);
  });
}

export async function listTokens(options: WithConfig): Promise<void> {
  await withGate(options, async ({ database, clock }) => {
    for (const { name, scopes: may, networks, realm, expiresAt, lastUsedAt } of await listApiTokens(database.read)) {
      const until = `${expiresAt > clock.now() ? 'until' : 'expired'} ${dateOf(expiresAt).toISOString()}`;
      const used = lastUsedAt === null ? 'never used' : `used ${dateOf(lastUsedAt).toISOString()}`;
      console.log([name, may.join(), networks.join(), until, used, ...(realm === shared ? [] : [realm])].join('\t'));
    }
  });
}

export async function revokeToken(name: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const gone = await gate.database.transaction(async (tx) => {
      if (!(await removeApiToken(tx, name))) return false;
      await addEntry(tx, gate, { event: 'api-token.removed', account: null, ...host, detail: { token: name } });
      return true;
    });
    if (!gone) throw new Refusal(`There is no token ${name}.`);
    console.log(`The token ${name} serves no more.`);
  });
}

function scopesIn(text: string): readonly Scope[] {
  const named = [...new Set(text.split(','))];
  const found = scopes.filter((scope) => named.includes(scope));
  if (found.length < named.length) throw new Refusal(`A token may be for ${scopes.join(' and ')}, not ${text}.`);
  return found;
}

/** @returns milliseconds */
function lifeIn(text: string): number {
  const [, number, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const life = Number(number) * units[(unit ?? 'd') as keyof typeof units](1);
  if (!(life >= minutes(1) && life <= days(90))) throw new Refusal('A token serves from 1m to 90d, such as 24h.');
  return life;
}
