import { readFileSync } from 'node:fs';
import { startNginx } from '../test/support/nginx.ts';
import { freePort } from '../test/support/ports.ts';
import type { Sallyport } from '../test/support/sallyport.ts';
import { asNginx, Visitor, wiki } from '../test/support/site.ts';
import { signIn } from '../test/support/verbs.ts';
import { askedInTurn, bareServer, portOf, type Timed } from './asking.ts';
import { benchHouse } from './house.ts';

/** Somebody who is in at a site, whose proxy asks about each of their requests. @returns their cookies at the site */
async function atSite(): Promise<{ house: Sallyport; cookie: string }> {
  const house = await benchHouse({ trustedProxies: ['127.0.0.1'], sites: [wiki] });
  await house.person('person');
  const visitor = new Visitor(house);
  await visitor.setOut('/page');
  await signIn(visitor.home, 'person');
  await visitor.comeBack();
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  return { house, cookie: [...visitor.there.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
}

/** What a proxy asks, against a bare handler that answers without looking. */
export async function siteChecks(): Promise<Timed> {
  const { house, cookie } = await atSite();
  const bare = await bareServer();
  const asked = { path: '/forward-auth', headers: { cookie, host: '127.0.0.1', ...asNginx('/page') } };
  const result = await askedInTurn(
    { port: portOf(house.app.server), ...asked },
    { port: portOf(bare), path: '/', headers: asked.headers },
  );
  bare.close();
  await house.close();
  return result;
}

/** A page of a site through nginx, as `examples/nginx` has it but for TLS, against the same page through nginx alone. */
export async function sitePages(): Promise<Timed> {
  const { house, cookie } = await atSite();
  const bare = await bareServer();
  const [asking, alone] = [await freePort(), await freePort()];
  const example = exampleFor(asking, portOf(house.app.server), portOf(bare));
  const plain = `server { listen 127.0.0.1:${alone}; location / { proxy_pass http://127.0.0.1:${portOf(bare)}; } }`;
  const nginx = await startNginx(asking, `${example}\n${plain}`);
  const asked = { path: '/page', headers: { cookie, host: new URL(wiki.origin).host } };
  const result = await askedInTurn({ port: asking, ...asked }, { port: alone, ...asked });
  await nginx.stop();
  bare.close();
  await house.close();
  return result;
}

function exampleFor(port: number, sallyport: number, site: number): string {
  const read = (name: string) => readFileSync(`examples/nginx/${name}`, 'utf8');
  return read('ledger.conf')
    .replaceAll('include ledger-site.conf;', read('ledger-site.conf'))
    .replaceAll(/^ *ssl_.*$/gm, '')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port}`)
    .replaceAll('https://ledger.example.org', wiki.origin)
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${sallyport}`)
    .replaceAll('127.0.0.1:4004', `127.0.0.1:${site}`);
}
