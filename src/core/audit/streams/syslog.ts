import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { authorities } from '../../../kernel/network.ts';
import type { Level } from '../events.ts';
import type { Told } from '../told.ts';
import type { Receiver } from './receiver.ts';
import type { SyslogStream } from './settings.ts';

/** RFC 5424, 6.2.1. */
const severities: Record<Level, number> = { warning: 4, notice: 5, info: 6 };
const patience = 10_000;

/** One message (RFC 5424, 6). The entry is its text, as JSON of ASCII alone: no byte order mark has to say more. */
function messageOf(entry: Told, { facility }: SyslogStream, host: string): string {
  const priority = facility * 8 + severities[entry.level];
  const text = JSON.stringify(entry).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<${priority}>1 ${entry.at} ${host} sallyport - ${entry.event} - ${text}`;
}

export function openSyslog(settings: SyslogStream, host: string): Receiver {
  const messages = (entries: readonly Told[]) => entries.map((entry) => messageOf(entry, settings, host));
  return {
    batch: 500,
    take: (entries) => (settings.transport === 'udp' ? throwThem : bring)(settings, messages(entries)),
  };
}

/**
 * A line for each batch, closed after it: nobody answers in this protocol, and only who has read all of it closes their
 * side. Octets are counted before each message (RFC 5425, 4.3; RFC 6587, 3.4.1).
 */
async function bring(settings: SyslogStream, messages: readonly string[]): Promise<void> {
  const socket = openSocket(settings);
  const signal = AbortSignal.timeout(patience);
  signal.addEventListener('abort', () => socket.destroy(new Error('no end of it')));
  socket.resume();
  socket.end(messages.map((message) => `${Buffer.byteLength(message)} ${message}`).join(''));
  await once(socket, 'close', { signal });
}

function openSocket({ host, port, transport, ca }: SyslogStream): Socket {
  if (transport === 'tcp') return connect({ host, port });
  return connectTls({ host, port, ca: authorities(ca), minVersion: 'TLSv1.2' });
}

/** A datagram each (RFC 5426). */
async function throwThem({ host, port }: SyslogStream, messages: readonly string[]): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    for (const message of messages)
      await new Promise<void>((done, failed) => {
        socket.send(message, port, host, (failure) => (failure === null ? done() : failed(failure)));
      });
  } finally {
    socket.close();
  }
}
