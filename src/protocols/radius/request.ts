import { type Attribute, type Packet, types, valuesOf } from './packet.ts';
import { openPassword, textIn } from './seals.ts';

/** What a gate to a network asks with, of somebody who typed. */
export interface Asked {
  readonly name: string;
  /** Their password, or what they answered to what was asked for. */
  readonly typed: string;
  /** What goes on with a sign-in that was begun (RFC 2865, 5.24). */
  readonly state: string | null;
  /** From where they come, as whoever asks writes it. */
  readonly from: string | null;
}

/** What goes back as it came, in its order (RFC 2865, 5.33). */
export const proxyStates = ({ attributes }: Packet): readonly Attribute[] =>
  attributes.filter(({ type }) => type === types.proxyState);

/** As much as leaves room for an answer. */
const mostProxyStates = 2048;

/**
 * @returns `not-pap`: it shows that it is somebody in another way than by a password in clear text;
 * null: it is none of what may be asked, and not answered
 */
export function readRequest(packet: Packet, secret: string): Asked | 'not-pap' | null {
  const only = (type: number) => onlyOf(packet, type);
  const [named, hidden, state, from] = [types.userName, types.userPassword, types.state, types.callingStationId].map(
    only,
  );
  const kept = proxyStates(packet).reduce((sum, { value }) => sum + value.length + 2, 0);
  if ([named, hidden, state, from].includes('several') || kept > mostProxyStates) return null;
  const name = read(named)?.trim();
  if (name === undefined || name === '') return null;
  if (!Buffer.isBuffer(hidden) || valuesOf(packet, types.eapMessage).length > 0) return 'not-pap';
  const typed = openPassword(packet, hidden, secret);
  return typed === null ? null : { name, typed, state: read(state) ?? null, from: read(from) ?? null };
}

/** The one there is of it; there may not be two (RFC 2865, 5.44). */
function onlyOf(packet: Packet, type: number): Buffer | 'several' | undefined {
  const [first, second] = valuesOf(packet, type);
  return second === undefined ? first : 'several';
}

const read = (value: Buffer | 'several' | undefined): string | undefined =>
  Buffer.isBuffer(value) ? (textIn(value) ?? undefined) : undefined;
