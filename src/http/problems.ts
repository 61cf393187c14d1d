/** Every way a request can be refused before anybody's answer is weighed: one row each, and nothing else decides a status. */
// biome-ignore format: a table reads in columns
export const problems = {
  'bad-request':      { status: 400, title: 'The request is malformed.' },
  'csrf':             { status: 403, title: 'The form does not come from our own page.' },
  'sign-in-required': { status: 401, title: 'Nobody is signed in.' },
  'step-up-required': { status: 401, title: 'More is to be proven first.' },
  'token-required':   { status: 401, title: 'No token that serves here and now.' },
  'insufficient-scope': { status: 403, title: 'The token is not for this.' },
  'untrusted-proxy':  { status: 403, title: 'Only a trusted proxy asks this.' },
  'unknown-place':    { status: 403, title: 'No site of ours, or an address that can be read in two ways.' },
  'two-networks':     { status: 403, title: 'The site is reached from another network than we are, and lets nobody in from there.' },
  'not-as-shown':     { status: 403, title: 'It was sent already, or is not what was shown.' },
  'not-found':        { status: 404, title: 'There is nothing here.' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method.' },
  'attempt-gone':     { status: 410, title: 'This sign-in has expired or belongs to another browser.' },
  'precondition-failed': { status: 412, title: 'It was changed meanwhile, or never was as If-Match says.' },
  'too-large':        { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'The body has a type that is not taken here.' },
  'wrong-host':       { status: 421, title: 'The request names another host.' },
  'policy-refused':   { status: 422, title: 'The policy is not put in force.' },
  'precondition-required': { status: 428, title: 'If-Match must say which version is to be changed.' },
  'too-many-requests': { status: 429, title: 'Too many requests.' },
  'suspended':        { status: 429, title: 'Too many wrong answers: not before a while has passed.' },
  'headers-too-large': { status: 431, title: 'The header fields are too large.' },
  'internal':         { status: 500, title: 'Something went wrong on our side.' },
  'directory-down':   { status: 503, title: 'The directory that keeps people does not answer.' },
  'busy':             { status: 503, title: 'Too much is going on right now.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/**
 * Thrown where a request cannot go on; `detail` is for the log, never for the page; `mistakes` are for a program's author.
 * @param wait milliseconds until another may be looked at, where that is more than the code says
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly mistakes: readonly string[];
  readonly wait: number | null;
  constructor(code: ProblemCode, detail = '', mistakes: readonly string[] = [], wait: number | null = null) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
    this.mistakes = mistakes;
    this.wait = wait;
  }
}
