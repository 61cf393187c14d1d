import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { byClient, type Called, defineCall, type IdentityHouse, type Reply } from './call.ts';
import { byToken } from './shown.ts';

/** OAuth's own addresses, as the vendor's client asks them: with JSON, or for whoever has just given a password. */
export function spokenPath({ method, headers }: IncomingMessage, path: string): string {
  const [at, query = ''] = path.split('?');
  if (at === '/oauth/authorize' && new URLSearchParams(query).has('tkn')) return `/identity/v1${path}`;
  const takesJson = at === '/oauth/token' || at === '/oauth/revoke';
  // A form's type needs no leave of ours; one that is asked for is JSON (Fetch, 2.2.2).
  const asks = method === 'OPTIONS' ? headers['access-control-request-headers'] : headers['content-type'];
  const isJson = method === 'OPTIONS' ? /content-type/i.test(asks ?? '') : /^application\/json\b/i.test(asks ?? '');
  return takesJson && isJson && headers.origin !== undefined ? `/identity/v1${at}` : path;
}

/** Hands the call on to oidc-provider as a form, and its answer back as it is. */
const asForm = (path: string) =>
  defineCall({
    input: z.looseObject({ client_id: z.string() }).catchall(z.string()),
    who: byClient,
    answer: (house, called) =>
      passOn(house, called, {
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(called.input).toString(),
      }),
  });

export const token = asForm('/oauth/token');
export const revoke = asForm('/oauth/revoke');

export const userinfo = defineCall({
  input: z.object({}),
  who: byToken,
  answer: (house, called) =>
    passOn(house, called, {
      method: 'GET',
      url: '/oauth/userinfo',
      headers: { authorization: `Bearer ${called.asked.sender.token}` },
    }),
});

async function passOn(
  { oidc }: IdentityHouse,
  { asked }: Pick<Called, 'asked'>,
  request: Omit<Parameters<IdentityHouse['oidc']['ask']>[0], 'address'>,
): Promise<Reply> {
  const { statusCode, body } = await oidc.ask({ ...request, address: asked.address });
  // The client reads JSON, or 204 and nothing.
  return body === '' ? {} : { status: statusCode, body: JSON.parse(body) as unknown };
}
