import { Browser } from '../test/support/browser.ts';
import { signIn } from '../test/support/verbs.ts';
import { askedInTurn, bareServer, portOf, type Timed } from './asking.ts';
import { benchHouse } from './house.ts';

/**
 * Whether a request comes from somebody signed in, over real connections, against a bare handler that answers without
 * looking.
 */
export async function sessionChecks(): Promise<Timed> {
  const house = await benchHouse();
  await house.person('person');
  const browser = await signIn(new Browser(house.app), 'person');
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  const bare = await bareServer();
  const headers = { cookie, host: 'localhost:4000' };
  const result = await askedInTurn(
    { port: portOf(house.app.server), path: '/session', headers },
    { port: portOf(bare), path: '/', headers },
  );
  bare.close();
  await house.close();
  return result;
}
