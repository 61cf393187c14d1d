import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** CIDR (RFC 4632), of either kind. */
export const network = z
  .string()
  .refine((text) => ipaddr.isValidCIDR(text), { error: 'must be a network such as 10.0.0.0/8 or 2001:db8::/32' });

/** Is the address inside one of the networks? One that does not parse is inside none: networks only ever relax. */
export function insideAny(networks: readonly string[], address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((text) => {
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === parsed.kind() && parsed.match([network, bits]);
  });
}
