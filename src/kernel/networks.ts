import ipaddr from 'ipaddr.js';

/** An address and how many of its bits count: `10.0.0.0/8`, `2001:db8::/32`. */
export const isNetwork = (text: string): boolean => ipaddr.isValidCIDR(text);

export const isAddress = (text: string): boolean => ipaddr.isValid(text);

/** Is the address inside one of the networks, or one of the addresses? One that does not parse is inside none. */
export function insideAny(networks: readonly string[], address: string): boolean {
  if (!isAddress(address)) return false;
  const parsed = ipaddr.process(address);
  return networks.some((text) => {
    if (!isNetwork(text)) return ipaddr.process(text).toString() === parsed.toString();
    const [network, bits] = ipaddr.parseCIDR(text);
    return network.kind() === parsed.kind() && parsed.match([network, bits]);
  });
}
