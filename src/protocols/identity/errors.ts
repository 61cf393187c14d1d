import type { ProblemCode } from '../../http/problems.ts';
import type { Because } from '../../methods/method.ts';

/** Every way a call can be refused, as the vendor's client reads it: a status, an OAuth error, and a key for its own words. */
// biome-ignore format: a table reads in columns
export const errors = {
  'malformed':          { status: 400, error: 'invalid_request',         key: 'error.badRequest' },
  'not-granted':        { status: 403, error: 'unauthorized_client',     key: 'error.unauthorizedClient' },
  'unserved':           { status: 404, error: 'not_found',               key: 'error.notServed' },
  'wrong-password':     { status: 401, error: 'invalid_grant',           key: 'error.invalidCredentials' },
  'wrong-code':         { status: 401, error: 'invalid_grant',           key: 'error.invalidVerificationCode' },
  'code-over':          { status: 401, error: 'invalid_grant',           key: 'error.expiredVerificationCode' },
  'token-over':         { status: 401, error: 'invalid_grant',           key: 'error.expiredToken' },
  'no-access-token':    { status: 401, error: 'invalid_token',           key: 'error.invalidAccessToken' },
  'not-enough':         { status: 401, error: 'insufficient_user_authentication', key: 'error.stepUpRequired' },
  'not-in-scope':       { status: 403, error: 'insufficient_scope',      key: 'error.insufficientScope' },
  'denied':             { status: 403, error: 'access_denied',           key: 'error.accessDenied' },
  'elsewhere':          { status: 403, error: 'interaction_required',    key: 'error.interactionRequired' },
  'no-such-way':        { status: 400, error: 'invalid_request',         key: 'error.unavailableFactor' },
  'no-such-thing':      { status: 404, error: 'not_found',               key: 'error.notFound' },
  'needed':             { status: 409, error: 'invalid_request',         key: 'error.lastFactor' },
  'too-many-codes':     { status: 429, error: 'too_many_requests',       key: 'error.tooManyCodes' },
  'too-many-guesses':   { status: 429, error: 'too_many_requests',       key: 'error.tooManyGuesses' },
  'too-many-requests':  { status: 429, error: 'too_many_requests',       key: 'error.tooManyRequests' },
  'internal':           { status: 500, error: 'server_error',            key: 'error.serverError' },
  'unavailable':        { status: 503, error: 'temporarily_unavailable', key: 'error.unavailable' },
} as const satisfies Record<string, { status: number; error: string; key: string }>;

export type ErrorName = keyof typeof errors;

/** What http refuses before a call is looked at; the rest of it is malformed. */
export const ofProblem: Partial<Record<ProblemCode, ErrorName>> = {
  'too-many-requests': 'too-many-requests',
  busy: 'unavailable',
  internal: 'internal',
};

/** What a method says of an answer, to whoever shows its page; the rest of it is over. */
export const ofRefusal: Partial<Record<Because | 'blocked', ErrorName>> = {
  wrong: 'wrong-code',
  malformed: 'wrong-code',
  limited: 'too-many-codes',
  blocked: 'too-many-guesses',
  unavailable: 'unavailable',
};

/** Thrown where a call cannot go on. `detail` is for the application's author, `wait` until it may come again. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly as: ErrorName;
  readonly detail: string;
  readonly wait: number | null;
  constructor(as: ErrorName, detail = '', wait: number | null = null) {
    super(`${as}: ${detail}`);
    this.as = as;
    this.detail = detail;
    this.wait = wait;
  }
}
