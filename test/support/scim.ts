import type { LightMyRequestResponse } from 'fastify';
import type { Scope } from '../../src/core/api-tokens/store.ts';
import { programToken } from '../attacks/tools.ts';
import type { Sallyport } from './open.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A program that keeps people here, as Entra ID and Okta do. */
export interface Client {
  readonly token: string;
  ask(
    method: Method,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse & { told: Told }>;
  /** Somebody it makes. @returns their id */
  adds(username: string, more?: Record<string, unknown>): Promise<string>;
  addsGroup(name: string, members?: readonly string[]): Promise<string>;
  changes(path: string, ...operations: readonly Record<string, unknown>[]): ReturnType<Client['ask']>;
}

/** What it reads. */
// biome-ignore lint/suspicious/noExplicitAny: whatever is read is held against what it should be.
type Told = any;

/** As it stands in an address. */
export const filter = (text: string): string => `filter=${encodeURIComponent(text)}`;

export const patchOf = (...operations: readonly Record<string, unknown>[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});

export async function scimClient(
  sallyport: Sallyport,
  { name = 'entra', scopes = ['scim:read', 'scim:write'] as readonly Scope[] } = {},
): Promise<Client> {
  const token = await programToken(sallyport, { name, scopes });
  const ask: Client['ask'] = async (method, path, body, headers = {}) => {
    const answer = await sallyport.app.inject({
      method,
      url: `/scim/v2${path}`,
      headers: {
        host: 'localhost:4000',
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return Object.assign(answer, { told: answer.body === '' ? null : (JSON.parse(answer.body) as Told) });
  };
  const idOf = ({ told, statusCode }: { told: Told; statusCode: number }): string => {
    if (statusCode !== 201) throw new Error(JSON.stringify(told));
    return told.id;
  };
  return {
    token,
    ask,
    adds: async (userName, more = {}) =>
      idOf(
        await ask('POST', '/Users', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName,
          emails: [{ primary: true, type: 'work', value: `${userName}@example.org` }],
          ...more,
        }),
      ),
    addsGroup: async (displayName, members = []) =>
      idOf(await ask('POST', '/Groups', { displayName, members: members.map((value) => ({ value })) })),
    changes: (path, ...operations) => ask('PATCH', path, patchOf(...operations)),
  };
}
