/** Every way a request can be refused before anybody's answer is weighed: one row each, and nothing else decides a status. */
// biome-ignore format: a table reads in columns
export const problems = {
  'bad-request':      { status: 400, title: 'The request is malformed.' },
  'csrf':             { status: 403, title: 'The form does not come from our own page.' },
  'sign-in-required': { status: 401, title: 'Nobody is signed in.' },
  'not-found':        { status: 404, title: 'There is nothing here.' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method.' },
  'attempt-gone':     { status: 410, title: 'This sign-in has expired or belongs to another browser.' },
  'too-large':        { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not taken here.' },
  'wrong-host':       { status: 421, title: 'The request names another host.' },
  'headers-too-large': { status: 431, title: 'The header fields are too large.' },
  'internal':         { status: 500, title: 'Something went wrong on our side.' },
  'busy':             { status: 503, title: 'Too much is going on right now.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** Thrown where a request cannot go on; `detail` is for the log, never for the page. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  constructor(code: ProblemCode, detail = '') {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}
