import { z } from 'zod';
import { insideAny, isNetwork } from '../../kernel/networks.ts';

/** What holds of somebody, here and now. */
export interface About {
  readonly application: string | null;
  readonly groups: readonly string[];
  readonly address: string;
  /** What they have set up: the method, and what is said of each. */
  readonly owns: readonly { readonly method: string; readonly traits: readonly string[] }[];
}

/** A condition as it is written down: one of these, or all or any of several. */
export type Condition =
  | { readonly allOf: readonly Condition[] }
  | { readonly anyOf: readonly Condition[] }
  | { readonly group: string }
  | { readonly network: string }
  | { readonly application: string }
  | { readonly owns: string; readonly with?: readonly string[] | undefined };

export const condition: z.ZodType<Condition> = z
  .lazy(() =>
    z.union(
      [
        z.strictObject({ allOf: z.array(condition).min(1) }),
        z.strictObject({ anyOf: z.array(condition).min(1) }),
        z.strictObject({ group: z.string().min(1) }),
        z.strictObject({ network: z.string().refine(isNetwork) }),
        z.strictObject({ application: z.string().min(1) }),
        z.strictObject({
          owns: z.string().min(1),
          with: z.array(z.enum(['roaming', 'verifying', 'synced'])).optional(),
        }),
      ],
      { error: 'must be one of allOf, anyOf, group, network, application, or owns (with …)' },
    ),
  )
  .meta({ id: 'Condition' });

/** Which applications, methods and groups it names, however deep. */
export function namedIn(one: Condition): {
  readonly applications: readonly string[];
  readonly methods: readonly string[];
  readonly groups: readonly string[];
} {
  const parts = ('allOf' in one ? one.allOf : 'anyOf' in one ? one.anyOf : []).map(namedIn);
  return {
    applications: [...('application' in one ? [one.application] : []), ...parts.flatMap((part) => part.applications)],
    methods: [...('owns' in one ? [one.owns] : []), ...parts.flatMap((part) => part.methods)],
    groups: [...('group' in one ? [one.group] : []), ...parts.flatMap((part) => part.groups)],
  };
}

/** Does it hold? What cannot be evaluated does not: a condition opens something, and is never skipped. */
export function holds(one: Condition, about: About): boolean {
  if ('allOf' in one) return one.allOf.every((part) => holds(part, about));
  if ('anyOf' in one) return one.anyOf.some((part) => holds(part, about));
  if ('group' in one) return about.groups.includes(one.group);
  if ('network' in one) return insideAny([one.network], about.address);
  if ('application' in one) return about.application === one.application;
  if ('owns' in one) {
    const { owns, with: wanted = [] } = one;
    return about.owns.some(({ method, traits }) => method === owns && wanted.every((trait) => traits.includes(trait)));
  }
  return false;
}
