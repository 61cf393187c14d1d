import type { Server } from 'node:http';
import { expect, inject } from 'vitest';
import { startTracker } from '../../examples/tracker/server.ts';
import { systemFetch } from '../../src/kernel/network.ts';
import { type OidcSallyport, openOidcSallyport } from '../oidc/support.ts';
import { openChromium } from './chromium.ts';
import type { DatabaseKind } from './databases.ts';
import { freePort } from './ports.ts';
import { onEachDatabase } from './scenario.ts';

const clientSecret = 'a secret of thirty-two characters or more';

interface Given {
  /** What the browser calls the machine where Tracker is. */
  readonly host?: string;
  readonly firstParty?: boolean;
  readonly policies?: readonly object[];
  /** Mail arrives, though no server is named. */
  readonly mails?: true;
  /** Applications that take PINs of their own. */
  readonly realms?: readonly object[];
}

export type TrackerScene = Awaited<ReturnType<typeof openTrackerScene>>;

/** A Sallyport, the application Tracker beside it, and a person's browser in front of both. */
async function openTrackerScene(
  kind: DatabaseKind,
  { host = '127.0.0.1', firstParty = true, policies, mails, realms }: Given,
) {
  const port = await freePort();
  const tracker = `http://${host}:${port}`;
  const sallyport: OidcSallyport = await openOidcSallyport(kind, {
    realTime: true,
    ...(policies !== undefined && { policies }),
    ...(mails && { mails }),
    ...(realms !== undefined && { sections: { realms } }),
    // The server finds the application at its loopback address whatever the browser calls it.
    fetch: (url, request) => systemFetch(5000)(url.replace(host, '127.0.0.1'), request),
    applications: [
      {
        id: 'tracker',
        name: 'Tracker',
        secret: clientSecret,
        redirectUris: [`${tracker}/callback`],
        postLogoutRedirectUris: [`${tracker}/`],
        backchannelLogoutUri: `${tracker}/backchannel-logout`,
        firstParty,
      },
    ],
  });
  const server: Server = await startTracker({
    issuer: sallyport.issuer,
    clientId: 'tracker',
    clientSecret,
    origin: tracker,
    port,
  });
  const chromium = await openChromium(inject('chromium'), [`--host-resolver-rules=MAP ${host} 127.0.0.1`]);
  const context = await chromium.newContext({ locale: 'en-GB', reducedMotion: 'reduce', baseURL: sallyport.issuer });
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const page = await context.newPage();
  return {
    sallyport,
    tracker,
    page,
    complaints,
    async step<Result>(caption: string, act: () => Promise<Result>): Promise<Result> {
      return act().catch(async (cause: unknown) => {
        throw new Error(
          `"${caption}", at ${page.url()}:\n${await page.locator('body').innerText()}\n${complaints.join('\n')}`,
          { cause },
        );
      });
    },
    async close() {
      await chromium.close();
      server.close();
      server.closeAllConnections();
      await sallyport.close();
    },
  };
}

/** A test told as a scenario between Tracker and Sallyport, in a browser that must have nothing to complain about. */
export const trackerScenario = (title: string, tell: (scene: TrackerScene) => Promise<void>, given: Given = {}): void =>
  onEachDatabase(title, async (kind) => {
    const scene = await openTrackerScene(kind, given);
    try {
      await tell(scene);
      expect(scene.complaints).toEqual([]);
    } finally {
      await scene.close();
    }
  });
