import { z } from 'zod';
import { type Loaded, mistakesOf } from '../../config/load.ts';
import { policyDocument } from '../policies/document.ts';
import { type Nameable, twice, unknownNames } from '../policies/nameable.ts';
import { type Role, roles } from '../roles/roles.ts';

/** User names. An empty list is nobody. */
const people = z.array(z.string().min(1));

const perRole = <Value extends z.ZodType>(value: Value) =>
  z.partialRecord(z.enum(roles as readonly [Role, ...Role[]]), value);

/**
 * What stands in the database and decides who gets in where, as one document (`docs/adr/0044`). It holds for what it names:
 * a section, a role or a group that it leaves out stays as it is.
 */
const arrangement = z.strictObject({
  /** What each part was when the document was made: the number of the policy, and of each list a hash. */
  madeFrom: z
    .strictObject({
      policy: z.int().min(0).optional(),
      roles: perRole(z.string()).optional(),
      groups: z.record(z.string(), z.string()).optional(),
    })
    .prefault({}),
  policy: policyDocument.optional(),
  roles: perRole(people).prefault({}),
  groups: z.record(z.string().min(1).max(200), people).prefault({}),
});

export type Arrangement = z.output<typeof arrangement>;

/** Reads what somebody wrote, or says all that is wrong with it by itself. */
export function readArrangement(given: unknown, nameable: Nameable): Loaded<Arrangement> {
  const result = arrangement.safeParse(given ?? {});
  if (!result.success) return { is: 'bad', mistakes: mistakesOf(result.error, 'the document') };
  const mistakes = [
    ...(result.data.policy === undefined ? [] : unknownNames(result.data.policy.policies, nameable)),
    ...mistakesIn(result.data),
  ];
  return mistakes.length === 0 ? { is: 'good', config: result.data } : { is: 'bad', mistakes };
}

function mistakesIn({ roles: holders, groups }: Arrangement): readonly string[] {
  const lists = [
    ...Object.entries(holders).map(([role, names]) => [`roles.${role}`, names] as const),
    ...Object.entries(groups).map(([group, names]) => [`groups.${group}`, names] as const),
  ];
  return [
    ...lists.flatMap(([where, names]) => twice(names).map((name) => `${where}: ${name} is named twice`)),
    ...twice(Object.values(holders).flatMap((names) => [...new Set(names)])).map(
      (name) => `roles: ${name} is given two`,
    ),
    // To the rules a role is a group of its name: nobody is in it but by the role.
    ...Object.keys(groups)
      .filter((group) => (roles as readonly string[]).includes(group))
      .map((group) => `groups.${group}: this is a role`),
  ];
}
