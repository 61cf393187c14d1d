import type { Policy } from '../policies/document.ts';
import type { Rule } from '../policies/settings.ts';

/** One thing that comes, goes, or is another: a line that somebody reads. */
export interface Change {
  readonly sign: '+' | '-' | '~';
  readonly what: string;
}

/** Rule by rule, as they are called; then the numbers. */
export function changesOfPolicy(before: Policy, after: Policy): readonly Change[] {
  const [were, are] = [byName(before.policies), byName(after.policies)];
  const stay = [...are].filter(([name]) => were.has(name));
  const order = (rules: readonly Rule[]) =>
    rules.map(({ name }) => name).filter((name) => were.has(name) && are.has(name));
  const moved = order(before.policies).join('\n') !== order(after.policies).join('\n');
  return [
    ...[...were].filter(([name]) => !are.has(name)).map(([name]) => gone(`rule ${name}`)),
    ...[...are].filter(([name]) => !were.has(name)).map(([name, rule]) => come(`rule ${name}: ${rule.require}`)),
    ...stay.flatMap(([name, rule]) => differences(`rule ${name}`, were.get(name) ?? rule, rule)),
    ...(moved ? [other('rules', 'in another order', order(after.policies).join(', '))] : []),
    ...differences('sessions', before.sessions, after.sessions),
    ...differences('guessing', before.guessing, after.guessing),
  ];
}

const byName = (rules: readonly Rule[]): ReadonlyMap<string, Rule> => new Map(rules.map((rule) => [rule.name, rule]));

/** Who joins a list of people, and who leaves it. */
export const changesOfPeople = (
  list: string,
  { come: joins, go }: { come: readonly string[]; go: readonly string[] },
): readonly Change[] => [
  ...go.map((name) => gone(`${list}: ${name}`)),
  ...joins.map((name) => come(`${list}: ${name}`)),
];

export const come = (what: string): Change => ({ sign: '+', what });
export const gone = (what: string): Change => ({ sign: '-', what });
export const other = (what: string, then: string, now: string): Change => ({
  sign: '~',
  what: `${what}: ${then} -> ${now}`,
});

/** Value by value, however deep: a list is one value. */
function differences(where: string, before: object, after: object): readonly Change[] {
  const [were, are] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((path) => {
    const [then, now] = [were.get(path), are.get(path)];
    if (then === now) return [];
    if (then === undefined) return [come(`${where}: ${path}: ${now}`)];
    return [now === undefined ? gone(`${where}: ${path}: ${then}`) : other(`${where}: ${path}`, then, now)];
  });
}

function leavesOf(value: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, one]: readonly [string, unknown]): (readonly [string, string])[] => {
      const here = path === '' ? name : `${path}.${name}`;
      if (one === undefined) return [];
      return typeof one === 'object' && one !== null && !Array.isArray(one)
        ? [...leavesOf(one, here)]
        : [[here, typeof one === 'string' ? one : JSON.stringify(one)]];
    }),
  );
}
