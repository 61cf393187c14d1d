import ipaddr from 'ipaddr.js';

/** An address and how many of its bits count: `10.0.0.0/8`, `2001:db8::/32`. */
export const isNetwork = (text: string): boolean => ipaddr.isValidCIDR(text);

export const isAddress = (text: string): boolean => ipaddr.isValid(text);

/** Is the address inside one of the networks, or one of the addresses? One that does not parse is inside none. */
export function insideAny(networks: readonly string[], address: string): boolean {
  if (!isAddress(address)) return false;
  const asked = ipaddr.process(address);
  return readOnce(networks).some(([network, bits]) => network.kind() === asked.kind() && asked.match(network, bits));
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** An address is a network of its own. The same list is asked about again and again: each is read once. */
function readOnce(networks: readonly string[]): readonly Network[] {
  const all = lists.get(networks) ?? networks.map((text) => (isNetwork(text) ? ipaddr.parseCIDR(text) : alone(text)));
  lists.set(networks, all);
  return all;
}
const lists = new WeakMap<readonly string[], readonly Network[]>();

function alone(text: string): Network {
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * The first address of a network and the first one after it. Whatever several networks tell apart, one of their edges
 * stands in each part of it, or nothing of theirs does.
 */
export function edgesOf(network: string): readonly string[] {
  const [address, bits] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const size = 1n << BigInt(bytes.length * 8 - bits);
  const first = (bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) / size) * size;
  const end = 1n << BigInt(bytes.length * 8);
  return [first, first + size].filter((edge) => edge < end).map((edge) => addressOf(edge, bytes.length));
}

const addressOf = (number: bigint, length: number): string =>
  ipaddr
    .fromByteArray(Array.from({ length }, (_, n) => Number((number >> BigInt(8 * (length - 1 - n))) & 255n)))
    .toString();
