import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seconds } from '../../src/kernel/clock.ts';
import { systemFetch } from '../../src/kernel/network.ts';
import { makeAuthority } from '../support/authority.ts';

const { ca, pem } = makeAuthority();
const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
const listening = <S extends Server>(server: S) =>
  new Promise<S>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));

describe('outgoing connections', () => {
  let service: Server;
  let proxy: Server;
  const asked: (string | undefined)[] = [];

  beforeAll(async () => {
    service = await listening(
      createTlsServer(pem, (request, response) => {
        if (request.url === '/elsewhere') response.writeHead(302, { location: '/' }).end();
        else if (request.url !== '/never') response.end('answered');
      }),
    );
    proxy = await listening(createServer());
    proxy.on('connect', (request, inside) => {
      asked.push(request.url);
      const outside = connect(portOf(service), '127.0.0.1', () => {
        inside.write('HTTP/1.1 200 Connection established\r\n\r\n');
        outside.pipe(inside).pipe(outside);
      });
      outside.on('error', () => inside.destroy());
      inside.on('error', () => outside.destroy());
    });
  });
  afterAll(() => {
    for (const server of [service, proxy]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const url = (path = '/') => `https://localhost:${portOf(service)}${path}`;
  const throughProxy = () => `http://127.0.0.1:${portOf(proxy)}`;
  const codeOf = (failure: { cause?: { code?: string }; code?: string; name?: string }) =>
    failure.cause?.code ?? failure.name;

  test('a certificate of an authority nobody knows is refused', async () => {
    const code = await systemFetch(seconds(5))(url(), {}).catch(codeOf);
    expect(code).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    const other = await systemFetch(seconds(5), { ca: makeAuthority().ca })(url(), {}).catch(codeOf);
    expect(other).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED|CERT_SIGNATURE/);
  });

  test('one of our own authority is believed, and a redirect is not followed', async () => {
    const fetch = systemFetch(seconds(5), { ca });
    expect(await (await fetch(url(), {})).text()).toBe('answered');
    expect((await fetch(url('/elsewhere'), {})).status).toBe(302);
  });

  test('everything goes through the proxy, with TLS end to end, but what is named', async () => {
    const posted = await systemFetch(seconds(5), { ca, proxy: throughProxy() })(url(), { method: 'POST', body: 'a=b' });
    expect(await posted.text()).toBe('answered');
    expect(asked).toEqual([`localhost:${portOf(service)}`]);
    const direct = systemFetch(seconds(5), { ca, proxy: throughProxy(), noProxy: ['localhost'] });
    expect(await (await direct(url(), {})).text()).toBe('answered');
    expect(asked).toHaveLength(1);
    const distrustful = systemFetch(seconds(5), { proxy: throughProxy() });
    expect(await distrustful(url(), {}).catch(codeOf)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
  });

  test('nobody waits for ever', async () => {
    for (const network of [{ ca }, { ca, proxy: throughProxy() }])
      expect(await systemFetch(300, network)(url('/never'), {}).catch(codeOf)).toBe('TimeoutError');
  });
});
