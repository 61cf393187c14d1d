import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { listen } from './listen.ts';

const quiet = { info() {}, warn() {}, error() {} };
const here = { host: '127.0.0.1', port: 0 };

/** Sends a datagram, and hears what comes back. */
async function client(port: number) {
  const socket = createSocket('udp4');
  const heard: string[] = [];
  socket.on('message', (message) => heard.push(String(message)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { heard, say: (text: string) => socket.send(text, port, '127.0.0.1'), close: () => socket.close() };
}

test('told to stop, it answers what is weighed, and takes no more', async () => {
  const asked = Promise.withResolvers<void>();
  const weighed = Promise.withResolvers<Buffer>();
  let times = 0;
  const radius = {
    answer() {
      times++;
      asked.resolve();
      return weighed.promise;
    },
  };
  const line = await listen(radius, here, quiet);
  const { heard, say, close } = await client(line.port);
  say('first');
  await asked.promise;
  const stopped = Promise.resolve(line.stop());
  say('second');
  weighed.resolve(Buffer.from('answered'));
  await stopped;
  await expect.poll(() => heard).toEqual(['answered']);
  expect(times).toBe(1);
  close();
});

test('a fault with one answer is no other’s, and is no answer', async () => {
  const failures: object[] = [];
  const radius = {
    answer: async (datagram: Buffer) => {
      if (String(datagram) === 'bad') throw new Error('a fault');
      return datagram;
    },
  };
  const line = await listen(radius, here, { ...quiet, error: (about) => failures.push(about) });
  const { heard, say, close } = await client(line.port);
  say('bad');
  say('good');
  await expect.poll(() => heard).toEqual(['good']);
  expect(failures).toHaveLength(1);
  await line.stop();
  close();
});
