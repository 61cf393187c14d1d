import { type AskedLevel, acrOf, type Level, levelOfAcr } from '../../flow/assurance.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { Wanted } from '../../proving/wanted.ts';
import type { AuthnRequest } from './authn-request.ts';

const standard = (name: string) => `urn:oasis:names:tc:SAML:2.0:ac:classes:${name}`;

/** Classes of SAML itself that say no more than that somebody signed in, over TLS: many ask for one without meaning more. */
const plain: ReadonlySet<string> = new Set([
  standard('PasswordProtectedTransport'),
  standard('Password'),
  standard('unspecified'),
]);

const levelOfClass = (name: string): AskedLevel | null => (plain.has(name) ? 1 : levelOfAcr(name));

/** `better` and `maximum` would be answered by something that nobody named: they are refused. */
const comparisons = ['exact', 'minimum'];

/** @param startedAt when the request came: what it calls fresh is counted from there, however long somebody takes */
export function wantedBy({ classes, forceAuthn }: AuthnRequest, startedAt: Instant): Wanted {
  const known = classes === null || !comparisons.includes(classes.comparison) ? [] : classes.wanted;
  const levels = new Set(known.flatMap((name) => levelOfClass(name) ?? []));
  return {
    levels: [...levels].sort((a, b) => b - a),
    essential: classes !== null,
    notBefore: forceAuthn ? startedAt : null,
  };
}

/** One that was asked for, the highest that is met (D36); else the one that says what was reached. */
export function classFor({ classes }: AuthnRequest, reached: Level): string {
  if (reached === 0) throw new Error('nobody is let through with nothing proven');
  if (classes === null) return acrOf[reached];
  const met = classes.wanted.flatMap((name) => {
    const level = levelOfClass(name);
    return level === null || level > reached ? [] : [{ name, level }];
  });
  const [best] = met.sort((a, b) => b.level - a.level);
  if (best === undefined) throw new Error('what was asked for is met');
  return best.name;
}
