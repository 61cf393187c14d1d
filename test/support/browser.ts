import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type HTMLElement, parse } from 'node-html-parser';
import type { Route } from '../../src/http/route.ts';

/**
 * A browser without scripts: it keeps cookies, follows redirects, reads forms and sends what the page holds. What it can
 * do, a person without JavaScript can.
 */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** Whatever answered last, redirects followed. */
  response!: LightMyRequestResponse;
  url = '/';
  readonly #app: FastifyInstance;
  readonly headers: Record<string, string>;

  constructor(app: FastifyInstance, headers: Record<string, string> = {}) {
    this.#app = app;
    this.headers = {
      host: 'localhost:4000',
      accept: 'text/html',
      'user-agent': 'a browser without scripts',
      ...headers,
    };
  }

  /** The same person at another screen: nothing is shared. */
  another(headers: Record<string, string> = {}): Browser {
    return new Browser(this.#app, headers);
  }

  get page(): HTMLElement {
    return parse(this.response.body);
  }

  get title(): string {
    return this.page.querySelector('h1')?.textContent.trim() ?? '';
  }

  get text(): string {
    return this.page.querySelector('body')?.structuredText ?? '';
  }

  /** What the page says is wrong, if it does. */
  get wrong(): string | null {
    return this.page.querySelector('.wrong')?.textContent.trim() ?? null;
  }

  async visit(url: string): Promise<this> {
    return this.#go('GET', url);
  }

  /** Fills the form that has this button and presses it. */
  async press(button: string, fields: Record<string, string> = {}): Promise<this> {
    const found = this.page
      .querySelectorAll('button')
      .find((one) => [saysOn(one), one.getAttribute('aria-label')].includes(button));
    const form = found?.closest('form');
    if (!found || !form) throw new Error(`no button "${button}" on "${this.title}":\n${this.text}`);
    const sent = new URLSearchParams({ ...held(form), ...nameAndValue(found), ...fields });
    return this.#go('POST', form.getAttribute('action') ?? this.url, sent.toString());
  }

  /** One request with this browser's cookies, redirects not followed. */
  async send(
    method: Route['method'],
    url: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.#app.inject({
      method,
      url,
      headers: {
        ...this.headers,
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
        }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    });
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  async #go(method: 'GET' | 'POST' | 'PUT', url: string, body?: string): Promise<this> {
    this.response = await this.send(method, url, body);
    this.url = url;
    for (let hops = 0; this.response.statusCode === 303 && hops < 10; hops++) {
      const to = String(this.response.headers.location);
      if (!to.startsWith('/')) return this;
      this.url = to;
      this.response = await this.send('GET', to);
    }
    return this;
  }
}

const saysOn = (button: HTMLElement): string => (button.querySelector('b') ?? button).textContent.trim();

/** What the form would send as it stands: unticked boxes are left out. */
const held = (form: HTMLElement): Record<string, string> =>
  Object.assign(
    {},
    ...form
      .querySelectorAll('input')
      .filter((input) => input.getAttribute('type') !== 'checkbox' || input.hasAttribute('checked'))
      .map(nameAndValue),
  );

function nameAndValue(element: HTMLElement): Record<string, string> {
  const name = element.getAttribute('name');
  return name ? { [name]: element.getAttribute('value') ?? '' } : {};
}
