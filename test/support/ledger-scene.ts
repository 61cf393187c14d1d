import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { expect } from 'vitest';
import { type Ledger, startLedger } from '../../examples/ledger/server.ts';
import { freePort } from './ports.ts';
import { type Given, type ProxyName, proxies } from './proxies.ts';
import { onEachDatabase, openScenario, type Scenario } from './scenario.ts';
import { securePlace } from './secure-place.ts';

/** The application Ledger behind a proxy, on another site than Sallyport, and a person's browser in front of both. */
export interface LedgerScene extends Scenario {
  readonly site: string;
  /** Another site by its name, at the same proxy. */
  readonly vault: string;
  readonly ledger: Ledger;
  /** While it is shut, the proxy does not reach Sallyport. */
  shut(isShut: boolean): void;
}

/** A test told as a scenario at Ledger's, with the configuration of the proxy's folder in `examples`. */
export const ledgerScenario = (
  title: string,
  rules: readonly object[],
  tell: (scene: LedgerScene) => Promise<void>,
  proxy: ProxyName = 'nginx',
): void =>
  onEachDatabase(title, async (kind) => {
    const place = securePlace('id.sallyport.test');
    const [port, behind] = [await freePort(), await freePort()];
    const [site, vault] = [`https://ledger.other.test:${port}`, `https://vault.other.test:${port}`];
    const scene = await openScenario(
      title,
      { place, ignoreHTTPSErrors: true },
      {
        trustedProxies: ['127.0.0.1', '::1'],
        sites: [
          { id: 'ledger', name: 'Ledger', origin: site, rules },
          { id: 'vault', name: 'Vault', origin: vault },
        ],
        policies: [
          { name: 'vault', when: { applications: ['vault'] }, require: 'mfa' },
          { name: 'everybody', require: 'sfa' },
        ],
      },
      { kind },
    );
    const ledger = await startLedger(behind);
    const door = await doorTo(Number(new URL(scene.origin).port));
    const given: Given = {
      port,
      sallyport: door.port,
      site: behind,
      hosts: [new URL(site).hostname, new URL(vault).hostname],
      ...(place.config['tls'] as { certificate: string; key: string }),
    };
    const before = await proxies[proxy](given);
    try {
      await tell({ ...scene, site, vault, ledger, shut: door.shut });
      expect(scene.complaints).toEqual([]);
    } finally {
      await before.stop();
      door.close();
      ledger.server.close();
      ledger.server.closeAllConnections();
      await scene.close();
    }
  });

interface Door extends Pick<LedgerScene, 'shut'> {
  readonly port: number;
  close(): void;
}

/** Sallyport without TLS, as proxies on its own machine reach it. */
async function doorTo(port: number): Promise<Door> {
  let shut = false;
  const open = new Set<Socket>();
  const door = createServer((from) => {
    if (shut) return from.destroy();
    const to = connect({ port, host: 'localhost', rejectUnauthorized: false });
    open.add(from.on('close', () => open.delete(from)));
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
    return from.pipe(to).pipe(from);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    port: (door.address() as AddressInfo).port,
    close: () => door.close(),
    shut(isShut) {
      shut = isShut;
      for (const one of open) one.destroy();
    },
  };
}

/** What a proxy answers to these very bytes, past the browser, which would tidy them up. @returns its status; 0 where it hangs up */
export function statusOf(
  site: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  { method = 'GET', body = '' } = {},
): Promise<number> {
  const { host, hostname, port } = new URL(site);
  const all = { host, connection: 'close', ...headers };
  const lines = [`${method} ${path} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)];
  return new Promise((resolve) => {
    let answer = '';
    // Whose certificate it is the browser looks at; here it is enough that it is there.
    const socket = connect({ host: 'localhost', port: Number(port), servername: hostname, rejectUnauthorized: false });
    const end = () => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0));
      socket.destroy();
    };
    socket.on('secureConnect', () => socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.includes('\r\n\r\n')) end();
    });
    socket.on('error', end).on('close', end).setTimeout(10_000, end);
  });
}
