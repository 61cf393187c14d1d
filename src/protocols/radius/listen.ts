import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Telling } from '../../kernel/telling.ts';
import type { Stop } from '../../kernel/timers.ts';
import type { Radius } from './server.ts';

/** Answers what comes by UDP, until stopped: then what is weighed is answered still, and nothing more is taken. */
export async function listen(
  radius: Radius,
  { host, port }: { readonly host: string; readonly port: number },
  log: Telling,
): Promise<{ readonly port: number; readonly stop: Stop }> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const underWay = new Set<Promise<void>>();
  let stopping = false;
  socket.on('message', (datagram, { address, port: to }) => {
    if (stopping) return;
    const sent = radius
      .answer(datagram, address)
      .then((answer) => (answer === null ? undefined : send(answer, to, address)))
      .catch((failure: unknown) => log.error({ err: failure }, 'RADIUS: not answered'))
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  });
  const send = (answer: Buffer, to: number, address: string): Promise<void> =>
    new Promise((done, failed) => {
      socket.send(answer, to, address, (failure) => (failure === null ? done() : failed(failure)));
    });
  socket.bind(port, host);
  await once(socket, 'listening');
  socket.on('error', (failure) => log.error({ err: failure }, 'RADIUS: the socket'));
  return {
    port: socket.address().port,
    async stop() {
      stopping = true;
      await Promise.allSettled(underWay);
      socket.close();
    },
  };
}
