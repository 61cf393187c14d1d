import ipaddr from 'ipaddr.js';
import { hours } from '../../kernel/clock.ts';
import type { ApiToken } from './store.ts';

/** What may take ways to sign in from people is gone within a day, and serves from a network that somebody drew. */
const longest = hours(24);
const widest = { ipv4: 8, ipv6: 32 } as const;

type Given = Pick<ApiToken, 'scopes' | 'networks'> & { readonly lifetime: number };

/** @returns what is too free about a token for `people:methods`; null when nothing is */
export function tooFree({ scopes, networks, lifetime }: Given): 'lifetime' | 'networks' | null {
  if (!scopes.includes('people:methods')) return null;
  if (lifetime > longest) return 'lifetime';
  return networks.every(isDrawn) ? null : 'networks';
}

function isDrawn(network: string): boolean {
  const [address, bits] = ipaddr.parseCIDR(network);
  return bits >= widest[address.kind()];
}
