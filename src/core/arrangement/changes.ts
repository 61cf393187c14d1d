import type { Policy } from '../policies/document.ts';
import { leavesOf } from '../policies/leaves.ts';
import type { Rule } from '../policies/settings.ts';

/** One thing that comes, goes, or is another: a line that somebody reads. */
export interface Change {
  readonly sign: '+' | '-' | '~';
  readonly what: string;
}

/** Rule by rule, as they are called; then the numbers. */
export function changesOfPolicy(
  { policies: before, ...rest }: Policy,
  { policies: after, ...others }: Policy,
): readonly Change[] {
  const [were, are] = [byName(before), byName(after)];
  const stay = [...are].filter(([name]) => were.has(name));
  const moved = reordered(before, after);
  return [
    ...[...were].filter(([name]) => !are.has(name)).map(([name]) => gone(`rule ${name}`)),
    ...[...are].filter(([name]) => !were.has(name)).map(([name, rule]) => come(`rule ${name}: ${rule.require}`)),
    ...stay.flatMap(([name, rule]) => differences(`rule ${name}: `, were.get(name) ?? rule, rule)),
    ...(moved === null ? [] : [other('rules', 'in another order', moved.join(', '))]),
    ...differences('', rest, others),
  ];
}

/** The rules that stay, in their new order; null: it is the old one. */
export function reordered(before: readonly Rule[], after: readonly Rule[]): readonly string[] | null {
  const [were, are] = [byName(before), byName(after)];
  const order = (rules: readonly Rule[]) =>
    rules.map(({ name }) => name).filter((name) => were.has(name) && are.has(name));
  const now = order(after);
  return order(before).join('\n') === now.join('\n') ? null : now;
}

export const byName = (rules: readonly Rule[]): ReadonlyMap<string, Rule> =>
  new Map(rules.map((rule) => [rule.name, rule]));

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
    if (then === undefined) return [come(`${where}${path}: ${now}`)];
    return [now === undefined ? gone(`${where}${path}: ${then}`) : other(`${where}${path}`, then, now)];
  });
}
