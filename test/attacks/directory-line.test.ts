import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { openConnections } from '../../src/core/directory/connection.ts';
import { entryOf, kinds } from '../../src/core/directory/entries.ts';
import { openLdap } from '../../src/core/directory/ldap.ts';
import { directorySettings } from '../../src/core/directory/settings.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { DirectoryDown } from '../../src/store/directory.ts';
import { type Authority, makeAuthority } from '../support/authority.ts';
import { testClock } from '../support/clock.ts';
import { directoryAt, dnOf, entries, secretOf } from '../support/offices.ts';
import { freePort } from '../support/ports.ts';
import { command } from '../support/server-process.ts';
import { reader, type Slapd, startSlapd } from '../support/slapd.ts';

describe('the line to a directory', () => {
  let authority: Authority;
  let slapd: Slapd;
  const uids = Array.from({ length: 12 }, (_, index) => `person-${index}`);
  beforeAll(async () => {
    authority = makeAuthority();
    slapd = await startSlapd(authority, entries('ada', ...uids));
  });
  afterAll(() => slapd.stop());

  const settingsFor = (servers: readonly string[], given = authority) =>
    directorySettings.parse(directoryAt(given, servers).directory);
  const ldapAt = (...servers: string[]) => openLdap(settingsFor(servers), {}, testClock());

  test.each(['plain', 'tls'] as const)('is within TLS, from the first byte or after StartTLS: %s', async (how) => {
    const ldap = ldapAt(slapd[how]);
    expect(await ldap.byName('ada')).toMatchObject({ dn: dnOf('ada'), username: 'ada' });
    expect(await ldap.binds(dnOf('ada'), secretOf('ada'))).toBe(true);
    expect(await ldap.binds(dnOf('ada'), 'wrong')).toBe(false);
  });

  test.each(['*', 'ad*', 'ada)(uid=*', 'ada\\2a'])(
    'compares what was typed, and reads no filter in it: %s',
    async (typed) => {
      expect(await ldapAt(slapd.tls).byName(typed)).toBeNull();
    },
  );

  test('brings everybody, though the directory gives no more than five at once', async () => {
    expect((await ldapAt(slapd.tls).everybody()).map(({ username }) => username).sort()).toEqual(
      ['ada', ...uids].sort(),
    );
  });

  test('shows whoever runs the house who would come in by it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-directory-'));
    const config = join(folder, 'sallyport.yaml');
    const given = { publicUrl: 'http://localhost:4000', data: folder, ...directoryAt(authority, [slapd.tls]) };
    writeFileSync(config, stringify(given));
    const { out, err } = await command(['directory', 'list', '--config', config], {});
    expect(err).toBe('');
    expect(out).toContain('ada\tada@example.org\tbackend,engineering,staff\tnew\n');
    expect(out.trim().split('\n')).toHaveLength(13);
  });

  test('leads to the second server where the first is down', async () => {
    const nobody = `ldaps://127.0.0.1:${await freePort()}`;
    expect(await ldapAt(nobody, slapd.tls).byName('ada')).not.toBeNull();
    await expect(ldapAt(nobody).byName('ada')).rejects.toBeInstanceOf(DirectoryDown);
  });

  test('leads nowhere where somebody else vouches for the server', async () => {
    const stranger = makeAuthority();
    for (const server of [slapd.plain, slapd.tls]) {
      const { binds } = openConnections(settingsFor([server], stranger), {});
      await expect(binds(dnOf('ada'), secretOf('ada'))).rejects.toBeInstanceOf(DirectoryDown);
    }
  });

  test('with an empty password, which a directory takes for nobody’s, nobody is bound', async () => {
    const { binds } = openConnections(settingsFor([slapd.tls]), {});
    expect(await binds(dnOf('ada'), '')).toBe(false);
  });

  describe('where the server hangs up, or knows no TLS', () => {
    /** What whoever listens in hears, in all. */
    const heard: Buffer[] = [];
    let server: Server;
    let answer: (socket: Socket, request: Buffer) => void;
    const address = () => `ldap://127.0.0.1:${(server.address() as { port: number }).port}`;
    beforeAll(async () => {
      server = createServer((socket) => {
        socket.on('data', (chunk) => {
          heard.push(chunk);
          answer(socket, chunk);
        });
        socket.on('error', () => undefined);
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    });
    afterAll(() => new Promise((closed) => server.close(closed)));

    /** To this request, an ExtendedResponse with this result code (RFC 4511, 4.12). */
    const response = ([, , , , id = 0]: Buffer, code: number) =>
      Buffer.from([0x30, 12, 2, 1, id, 0x78, 7, 0x0a, 1, code, 4, 0, 4, 0]);

    test.each([
      ['hangs up', (socket: Socket) => socket.destroy()],
      ['refuses StartTLS', (socket: Socket, request: Buffer) => socket.write(response(request, 2))],
      ['agrees to StartTLS, and speaks none', (socket: Socket, request: Buffer) => socket.end(response(request, 0))],
    ])('no password is said: %s', async (_, how) => {
      heard.length = 0;
      answer = how;
      const { asReader, binds } = openConnections(settingsFor([address()]), {});
      await expect(binds(dnOf('ada'), secretOf('ada'))).rejects.toBeInstanceOf(DirectoryDown);
      await expect(asReader(async () => true)).rejects.toBeInstanceOf(DirectoryDown);
      const all = Buffer.concat(heard).toString('latin1');
      expect(all).not.toContain(secretOf('ada'));
      expect(all).not.toContain(reader.password);
    });
  });
});

describe('who may come in, as Active Directory says it', () => {
  const now = Date.parse('2026-01-01T00:00:00Z') as Instant;
  const guid = Buffer.from('0102030405060708090a0b0c0d0e0fff', 'hex');
  const usual = { objectGUID: guid, sAMAccountName: 'ada', userAccountControl: '512', accountExpires: '0' };
  const shutOut = (more: Record<string, string>) =>
    entryOf(kinds['active-directory'], 'cn=Ada', { ...usual, ...more }, now)?.shutOut;

  test('everybody is known by their GUID, as bytes', () => {
    expect(entryOf(kinds['active-directory'], 'cn=Ada', usual, now)).toMatchObject({
      id: '0102030405060708090a0b0c0d0e0fff',
      username: 'ada',
      shutOut: null,
    });
  });

  test.each([
    [{ userAccountControl: '514' }, 'disabled'],
    [{ 'msDS-User-Account-Control-Computed': '16' }, 'locked'],
    [{ 'msDS-User-Account-Control-Computed': '8388608' }, 'expired'],
    [{ accountExpires: '133485408000000000' }, 'expired'],
    [{ accountExpires: '9223372036854775807' }, null],
    [{ accountExpires: '143485408000000000' }, null],
  ])('%o is %s', (more, expected) => {
    expect(shutOut(more)).toBe(expected);
  });
});
