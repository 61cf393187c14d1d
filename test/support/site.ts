import type { LightMyRequestResponse } from 'fastify';
import { Browser } from './browser.ts';
import type { DatabaseKind } from './databases.ts';
import { openSallyport, type Sallyport } from './sallyport.ts';

export const wiki = { id: 'wiki', name: 'Wiki', origin: 'https://wiki.example' };

/** The proxy before the site stands where tests do. */
export const openWithSite = (
  kind: DatabaseKind,
  { rules = [], ...config }: { rules?: readonly object[] } & Record<string, unknown> = {},
): Promise<Sallyport> => openSallyport(kind, { trustedProxies: ['127.0.0.1'], sites: [{ ...wiki, rules }], ...config });

/** What a proxy tells of a request to the site, as nginx or as Traefik does. */
export const asNginx = (path: string, method = 'GET', origin = wiki.origin): Record<string, string> => ({
  'x-original-url': `${origin}${path}`,
  'x-original-method': method,
});
export const asTraefik = (path: string, method = 'GET'): Record<string, string> => ({
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'wiki.example',
  'x-forwarded-uri': path,
  'x-forwarded-method': method,
});

/** A person at the site, whose browser keeps cookies of it apart from ours. */
export class Visitor {
  /** At our own host. */
  readonly home: Browser;
  /** At the site's. */
  readonly there: Browser;
  readonly #sallyport: Sallyport;

  constructor(sallyport: Sallyport, home = new Browser(sallyport.app)) {
    this.#sallyport = sallyport;
    this.home = home;
    this.there = new Browser(sallyport.app, { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' });
  }

  /** What Sallyport says of one request to the site. */
  ask(told: Record<string, string>): Promise<LightMyRequestResponse> {
    return this.there.send('GET', '/forward-auth', undefined, told);
  }

  async isIn(path: string, method = 'GET'): Promise<boolean> {
    return (await this.ask(asNginx(path, method))).statusCode === 200;
  }

  /** What the proxy asks for once it was told no. */
  more(told: Record<string, string>, body = ''): Promise<LightMyRequestResponse> {
    return this.there.send('POST', '/.sallyport/more', body, { 'sec-fetch-site': 'none', ...told });
  }

  /** Sets out for a page of the site: as far as a page of ours, or back already. */
  async setOut(path: string): Promise<this> {
    const { headers } = await this.more(asNginx(path));
    const { pathname, search } = new URL(String(headers.location));
    await this.home.visit(pathname + search);
    return this;
  }

  /** Where we send them back to, with a code. */
  get sentBack(): string {
    const to = String(this.home.response.headers['location'] ?? '');
    if (!to.startsWith(wiki.origin)) throw new Error(`not sent back, but at ${this.home.url}:\n${this.home.text}`);
    return to.slice(wiki.origin.length);
  }

  /** @returns where at the site they end up */
  async comeBack(to = this.sentBack): Promise<string> {
    const { statusCode, headers } = await this.there.send('GET', to, undefined, asNginx(to));
    return statusCode === 303 ? String(headers.location) : String(statusCode);
  }

  another(): Visitor {
    return new Visitor(this.#sallyport);
  }
}
