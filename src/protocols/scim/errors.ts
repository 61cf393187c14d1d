import type { ProblemCode } from '../../http/problems.ts';
import type * as groups from '../../proving/provisioned-groups.ts';
import type * as people from '../../proving/provisioning.ts';

/** Every way a request can be refused, as a client of SCIM reads it (RFC 7644, 3.12): a status, and a type where there is one. */
// biome-ignore format: a table reads in columns
export const errors = {
  'malformed':    { status: 400, scimType: 'invalidSyntax', detail: 'This is not what a request here looks like.' },
  'bad-filter':   { status: 400, scimType: 'invalidFilter', detail: 'The filter cannot be followed.' },
  'bad-path':     { status: 400, scimType: 'invalidPath',   detail: 'There is no such attribute.' },
  'no-target':    { status: 400, scimType: 'noTarget',      detail: 'The path leads nowhere.' },
  'bad-value':    { status: 400, scimType: 'invalidValue',  detail: 'An attribute has a value that it cannot have.' },
  'immutable':    { status: 400, scimType: 'mutability',    detail: 'This attribute is not changed by a client.' },
  'too-many':     { status: 400, scimType: 'tooMany',       detail: 'It concerns more people than are answered or changed at once.' },
  'no-token':     { status: 401, detail: 'No token that serves here and now.' },
  'not-in-scope': { status: 403, detail: 'The token is not for this.' },
  'stranger':     { status: 400, scimType: 'invalidValue',  detail: 'Somebody who is to be a member is not kept here by a program.' },
  'office':       { status: 403, detail: 'Somebody it concerns has a role here: no program changes them.' },
  'kept-out':     { status: 403, detail: 'They were disabled here, by an administrator: only an administrator enables them.' },
  'no-filter':    { status: 403, detail: 'What is served here is not filtered.' },
  'gone':         { status: 404, detail: 'There is nothing here that a program keeps.' },
  'taken':        { status: 409, scimType: 'uniqueness',    detail: 'A name, an address or an external id is taken here.' },
  'outdated':     { status: 412, detail: 'It was changed meanwhile.' },
  'too-large':    { status: 413, detail: 'The request is too large.' },
  'media':        { status: 415, detail: 'The body is to be application/scim+json.' },
  'internal':     { status: 500, detail: 'Something went wrong on our side.' },
  'unserved':     { status: 501, detail: 'This part of SCIM is not served here.' },
  'busy':         { status: 503, detail: 'Too much is going on right now.' },
} as const satisfies Record<string, { status: number; scimType?: string; detail: string }>;

export type ErrorName = keyof typeof errors;

/** What http refuses before a request is looked at; the rest of it is malformed. */
export const ofProblem: Partial<Record<ProblemCode, ErrorName>> = {
  'token-required': 'no-token',
  'insufficient-scope': 'not-in-scope',
  'not-found': 'gone',
  'too-large': 'too-large',
  'headers-too-large': 'too-large',
  'unsupported-media-type': 'media',
  internal: 'internal',
  busy: 'busy',
};

/** Thrown where a request cannot go on. `detail` is for whoever set the client up. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly as: ErrorName;
  readonly detail: string;
  constructor(as: ErrorName, detail: string = errors[as].detail) {
    super(`${as}: ${detail}`);
    this.as = as;
    this.detail = detail;
  }
}

/** What came of it, unless something was in the way: the rows above have a name for each of these. @throws Refused */
export function unhindered<Result extends object>(came: Result | people.Hindrance | groups.Hindrance): Result {
  if (typeof came === 'string') throw new Refused(came);
  return came;
}
