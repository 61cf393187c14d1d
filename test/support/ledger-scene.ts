import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { expect } from 'vitest';
import { type Ledger, startLedger } from '../../examples/ledger/server.ts';
import { startNginx } from './nginx.ts';
import { freePort } from './ports.ts';
import { onEachDatabase, openScenario, type Scenario } from './scenario.ts';
import { securePlace } from './secure-place.ts';

/** The application Ledger behind nginx, on another site than Sallyport, and a person's browser in front of both. */
export interface LedgerScene extends Scenario {
  readonly site: string;
  readonly ledger: Ledger;
}

/** A test told as a scenario at Ledger's, with the configuration of `examples/nginx`. */
export const ledgerScenario = (
  title: string,
  rules: readonly object[],
  tell: (scene: LedgerScene) => Promise<void>,
): void =>
  onEachDatabase(title, async (kind) => {
    const place = securePlace('id.sallyport.test');
    const [port, behind] = [await freePort(), await freePort()];
    const site = `https://ledger.other.test:${port}`;
    const scene = await openScenario(
      title,
      { place, ignoreHTTPSErrors: true },
      {
        trustedProxies: ['127.0.0.1', '::1'],
        sites: [{ id: 'ledger', name: 'Ledger', origin: site, rules }],
        policies: [{ name: 'everybody', require: 'sfa' }],
      },
      { kind },
    );
    const ledger = await startLedger(behind);
    const nginx = await startNginx(port, configFor(scene.origin, { port, behind, site, tls: place.config['tls'] }));
    try {
      await tell({ ...scene, site, ledger });
      expect(scene.complaints).toEqual([]);
    } finally {
      await nginx.stop();
      ledger.server.close();
      ledger.server.closeAllConnections();
      await scene.close();
    }
  });

/** Asks past the browser, which would tidy the path up. @returns the status */
export const statusOf = (site: string, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const { host, port } = new URL(site);
    // Whose certificate it is the browser looks at; here it is enough that it is there.
    const options = { port, path, headers: { host, ...headers }, rejectUnauthorized: false };
    get({ host: 'localhost', ...options }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject);
  });

/** The example, with this machine's names and ports in place of its own. */
function configFor(origin: string, given: { port: number; behind: number; site: string; tls: unknown }): string {
  const { certificate, key } = given.tls as { certificate: string; key: string };
  const words: readonly (readonly [string, string])[] = [
    ['https://ledger.example.org', given.site],
    ['ledger.example.org', 'ledger.other.test'],
    ['127.0.0.1:4000', `localhost:${new URL(origin).port}`],
    ['127.0.0.1:4004', `127.0.0.1:${given.behind}`],
    ['listen 443', `listen localhost:${given.port}`],
    ['/etc/ssl/ledger.pem', certificate],
    ['/etc/ssl/ledger.key', key],
    ['http://sallyport', 'https://sallyport'],
  ];
  const read = (name: string) => readFileSync(`examples/nginx/${name}`, 'utf8');
  const text = read('ledger.conf').replaceAll('include ledger-site.conf;', read('ledger-site.conf'));
  return words.reduce((made, [from, to]) => made.replaceAll(from, to), text);
}
