import { deflateRawSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { rowsOf } from '../attacks/tools.ts';
import type { OidcSallyport } from '../oidc/support.ts';

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const assertion = 'urn:oasis:names:tc:SAML:2.0:assertion';
type Answered = LightMyRequestResponse;

/** A request written by hand, and what of it is not as it should be. */
export interface Wish {
  readonly id?: string;
  readonly issuer?: string;
  readonly at?: number;
  readonly destination?: string | null;
  readonly attributes?: string;
  readonly inside?: string;
  readonly version?: string;
}

let count = 0;

/** Requests written by hand, and the ways they come. */
export function crafting(sallyport: OidcSallyport) {
  const newId = () => `_request-${++count}`;

  const request = ({
    id = newId(),
    issuer = 'wiki',
    at = 0,
    destination,
    attributes = '',
    inside = '',
    version = '2.0',
  }: Wish = {}) => {
    const to = destination === undefined ? `${sallyport.issuer}/saml/sso` : destination;
    return (
      `<samlp:AuthnRequest xmlns:samlp="${protocol}" xmlns:saml="${assertion}" ID="${id}" Version="${version}" ` +
      `IssueInstant="${new Date(sallyport.clock.now() + at).toISOString()}"${to === null ? '' : ` Destination="${to}"`}${attributes}>` +
      `<saml:Issuer>https://${issuer}.example/saml</saml:Issuer>${inside}</samlp:AuthnRequest>`
    );
  };

  const packed = (xml: string | Buffer) => encodeURIComponent(deflateRawSync(xml).toString('base64'));
  const get = (query: string) => sallyport.browser().send('GET', `/saml/sso?${query}`);
  const byRedirect = (xml: string | Buffer) => get(`SAMLRequest=${packed(xml)}`);
  const byForm = (message: string) =>
    sallyport.browser().send('POST', '/saml/sso', new URLSearchParams({ SAMLRequest: message }).toString(), {
      'sec-fetch-site': 'cross-site',
    });
  const byPost = (xml: string) => byForm(Buffer.from(xml).toString('base64'));

  /** In the word of the page, which is also in the log. */
  async function refusedAs(answer: Answered, because: string): Promise<void> {
    expect([because, answer.statusCode]).toEqual([because, 400]);
    expect(/saml:([\w-]+)/.exec(answer.body.replaceAll(/<\/?code>/g, ''))?.[1]).toBe(because);
    expect(answer.body).toContain('For them:');
    const told = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'saml.refused');
    expect(told.some(({ detail }) => String(detail).includes(because))).toBe(true);
  }

  return { newId, request, packed, get, byRedirect, byForm, byPost, refusedAs };
}

export type Crafting = ReturnType<typeof crafting>;
