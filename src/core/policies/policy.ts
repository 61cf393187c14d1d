import ipaddr from 'ipaddr.js';
import type { AskedLevel, Level } from '../../flow/assurance.ts';
import type { Demand } from '../../flow/gather.ts';
import type { Ask } from '../attempts/store.ts';
import type { Rule } from './settings.ts';

export interface Circumstances {
  readonly application: string | null;
  readonly groups: readonly string[];
  readonly address: string;
}

/** The rule that decides. What cannot be evaluated counts as matching only if that is stricter: see `insideAny`. */
export function ruleFor(rules: readonly Rule[], at: Circumstances): Rule {
  for (const rule of rules) if (matches(rule, at)) return rule;
  throw new Error('the last rule matches everybody');
}

function matches({ when }: Rule, { application, groups, address }: Circumstances): boolean {
  return (
    (when.applications === undefined || (application !== null && when.applications.includes(application))) &&
    (when.groups === undefined || when.groups.some((group) => groups.includes(group))) &&
    (when.networks === undefined || insideAny(when.networks, address))
  );
}

/** Is the address inside one of the networks? One that does not parse is inside none: networks only ever relax. */
function insideAny(networks: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((text) => {
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === parsed.kind() && parsed.match([network, bits]);
  });
}

const levels: Readonly<Record<Exclude<Rule['require'], 'deny' | 'mfa-if-owned'>, AskedLevel>> = {
  sfa: 1,
  mfa: 2,
  phr: 3,
  phrh: 4,
};

/** What policy and request ask together: the higher of both, and whose it is. */
export function demandOf(rule: Rule, ask: Ask, owned: Level): Demand {
  const best = Math.max(1, owned) as AskedLevel;
  const byPolicy =
    rule.require === 'deny' ? 1 : rule.require === 'mfa-if-owned' ? (Math.min(best, 2) as 1 | 2) : levels[rule.require];
  const byRequest = ask.level === 'owned' ? best : (ask.level ?? 0);
  const requests = ask.notBefore !== null || byRequest >= byPolicy;
  return {
    level: Math.max(byPolicy, byRequest) as AskedLevel,
    by: requests ? 'request' : 'policy',
    notBefore: ask.notBefore,
    withoutRecovery: ask.withoutRecovery,
    denied: rule.require === 'deny',
  };
}
