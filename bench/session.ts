import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { Browser } from '../test/support/browser.ts';
import { signIn } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

/**
 * Whether a request comes from somebody signed in, over real connections, against a bare handler that answers without
 * looking.
 */
export async function sessionChecks(): Promise<Pair> {
  const house = await benchHouse();
  await house.person('person');
  const browser = await signIn(new Browser(house.app), 'person');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  const bare = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(bare, 'listening');

  const asks = (port: number, path: string) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const headers = { cookie, host: 'localhost:4000' };
    return () =>
      new Promise<void>((resolve, reject) => {
        request({ agent, port, host: '127.0.0.1', path, headers }, (response) => {
          if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
          response.resume().on('end', resolve);
        })
          .on('error', reject)
          .end();
      });
  };
  const port = (server: Server) => (server.address() as AddressInfo).port;
  const ours = asks(port(house.app.server), '/session');
  const floor = asks(port(bare), '/');
  const result = await paired(
    () => pace(ours, 32, 2000),
    () => pace(floor, 32, 2000),
  );
  bare.close();
  await house.close();
  return result;
}
