import { z } from 'zod';
import type { Scope } from '../../core/api-tokens/store.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Office } from '../../proving/office.ts';
import { type ErrorName, errors, ofProblem, Refused } from './errors.ts';

/** One thing that a program asks for. */
export interface Call {
  readonly scope: Extract<Scope, `scim:${string}`>;
  answer(house: House, called: Called): Promise<Reply>;
}

/** What was asked, as far as it is text; whatever has a shape is read by the call. */
export interface Called {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  readonly ifMatch: string | null;
  readonly ifNoneMatch: string | null;
  /** In whose name something is done. */
  readonly office: Office;
}
export type Query = Readonly<Record<string, unknown>>;

/** JSON; nothing at all when `body` is left out. */
export interface Reply {
  readonly body?: unknown;
  readonly status?: number;
  readonly tag?: string;
  readonly location?: string;
}

const json = 'application/scim+json';
const root = '/scim/v2';

/** Where resources are. */
export const baseOf = ({ publicUrl }: House): string => new URL(root, publicUrl).href;

/** Makes an address of a call. A thousand members are named in one request, so it may be larger than a form. */
export const speak = (house: House, method: Route['method'], path: string, { scope, answer }: Call): Route =>
  defineRoute({
    method,
    path: `${root}${path}`,
    binding: 'bearer',
    scope,
    takes: { types: [json], bytes: 1024 * 1024 },
    params: z.record(z.string(), z.string()),
    query: z.record(z.string(), z.unknown()),
    form: z.unknown(),
    async answer(asked) {
      try {
        const { body, status, tag, location } = await answer(house, calledIn(asked));
        return {
          is: 'json',
          body,
          status: status ?? (body === undefined ? 204 : 200),
          headers: { ...(body !== undefined && { 'content-type': json }), ...(location !== undefined && { location }) },
          ...(tag !== undefined && { tag }),
        };
      } catch (failure) {
        if (failure instanceof Refused) return refusal(failure);
        throw failure;
      }
    },
    refuse: (code) => refusal(new Refused(ofProblem[code] ?? 'malformed')),
  });

function calledIn({ params, query, form, ifMatch, ifNoneMatch, caller, address }: Asked): Called {
  if (caller === null) throw new Problem('token-required');
  const office = { actor: `token:${caller.name}`, address };
  return {
    params: params as Called['params'],
    query: query as Query,
    body: form,
    ifMatch,
    ifNoneMatch,
    office,
  };
}

/** What goes with some of them (RFC 6750, 3; RFC 9110, 10.2.3). */
const besides: Partial<Record<ErrorName, Readonly<Record<string, string>>>> = {
  'no-token': { 'www-authenticate': 'Bearer' },
  'not-in-scope': { 'www-authenticate': 'Bearer error="insufficient_scope"' },
  busy: { 'retry-after': '5' },
};

function refusal({ as, detail }: Refused): Answer {
  const { status, ...row } = errors[as];
  return {
    is: 'json',
    status,
    headers: { 'content-type': json, ...besides[as] },
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...('scimType' in row && { scimType: row.scimType }),
      detail,
    },
  };
}
