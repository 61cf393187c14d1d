import { isIP } from 'node:net';
import type { Client } from 'ldapts';
import { secretOf } from '../../config/secret.ts';
import { seconds } from '../../kernel/clock.ts';
import { authorities, type Network } from '../../kernel/network.ts';
import { once } from '../../kernel/once.ts';
import { DirectoryDown } from '../../store/directory.ts';
import type { DirectorySettings } from './settings.ts';

export interface Connections {
  /** As who we are there. @throws DirectoryDown when no server does it */
  asReader<T>(work: (client: Client) => Promise<T>): Promise<T>;
  /** Is this their password? An empty one is nobody's: with it a directory lets anybody in as nobody (RFC 4513, 5.1.2). */
  binds(dn: string, password: string): Promise<boolean>;
}

const patience = { connectTimeout: seconds(3), timeout: seconds(5) };

/** A line for each errand, to the first server that answers: none is kept, so none is dead when it is needed. */
export function openConnections(settings: DirectorySettings, network: Network): Connections {
  const library = once(() => import('ldapts'));
  const ca = once(() => authorities(network.ca, settings.ca));
  const password = once(() => secretOf(settings.password, settings.passwordFile) ?? '');
  let first = 0;

  return {
    asReader: (work) =>
      anywhere(async (client) => {
        await client.bind(settings.user, password());
        return work(client);
      }),
    async binds(dn, typed) {
      if (typed === '') return false;
      const { InvalidCredentialsError } = await library();
      return anywhere((client) =>
        client.bind(dn, typed).then(
          () => true,
          (failure) => {
            if (failure instanceof InvalidCredentialsError) return false;
            throw failure;
          },
        ),
      );
    },
  };

  /** Whoever answered last is asked first. */
  async function anywhere<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const failures: string[] = [];
    for (const offset of settings.servers.keys()) {
      const which = (first + offset) % settings.servers.length;
      const server = settings.servers[which] ?? '';
      try {
        const done = await at(server, work);
        first = which;
        return done;
      } catch (failure) {
        // What the directory says of an entry may name it: its kind and the server's are enough.
        failures.push(`${server}: ${(failure as NodeJS.ErrnoException).code ?? (failure as Error).name}`);
      }
    }
    throw new DirectoryDown(failures.join('; '));
  }

  async function at<T>(server: string, work: (client: Client) => Promise<T>): Promise<T> {
    const { Client } = await library();
    const { protocol, hostname } = new URL(server);
    const host = hostname.replace(/^\[|\]$/g, '');
    const tls = { ca: ca(), host, ...(isIP(host) === 0 && { servername: host }) };
    const implicit = protocol === 'ldaps:';
    const client = new Client({
      url: server,
      ...patience,
      // Given for ldap:// too, it would be taken for ldaps://.
      ...(implicit && { tlsOptions: tls }),
    });
    try {
      if (!implicit) await client.startTLS(tls);
      return await work(client);
    } finally {
      await client.unbind().catch(() => undefined);
    }
  }
}
