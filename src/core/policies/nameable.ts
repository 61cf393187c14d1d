import { type Condition, namedIn } from './condition.ts';
import type { Rule } from './settings.ts';

/** What a policy may name here. */
export interface Nameable {
  readonly applications: readonly string[];
  /** Every method there is; for one that cannot be used here, why not. */
  readonly methods: ReadonlyMap<string, string | null>;
  /** Those that answer nobody who asks for more, and why. */
  readonly notForMore: ReadonlyMap<string, string>;
}

/** Names that mean nothing here, or mean two things. */
export function unknownNames(
  rules: readonly Rule[],
  { applications, methods, notForMore }: Nameable,
): readonly string[] {
  return [
    ...twice(rules.map(({ name }) => name)).map((name) => `policies: the name ${name} is given twice`),
    ...rules.flatMap(
      ({ name, when, methods: { second = [], backup = [] }, countsForStepUp, primary, passwordless, passkeys }) => [
        ...[...(when.applications ?? []), ...namedBy(passwordless).applications, ...namedBy(passkeys).applications]
          .filter((id) => !applications.includes(id))
          .map((id) => `policies: ${name} names the application ${id}, which there is not`),
        ...[
          ...second,
          ...backup,
          ...countsForStepUp,
          ...(primary?.methods ?? []),
          ...(passwordless?.methods ?? []),
          ...namedBy(passwordless).methods,
          ...namedBy(passkeys).methods,
        ]
          .filter((id) => !methods.has(id))
          .map((id) => `policies: ${name} names the method ${id}, which there is not`),
        ...countsForStepUp.flatMap((id) => {
          const why = notForMore.get(id);
          return why === undefined ? [] : [`policies: ${name} counts ${id} for more, and ${why}`];
        }),
        ...[...second, ...backup].flatMap((id) => {
          const why = methods.get(id) ?? null;
          return why === null ? [] : [`policies: ${name} names the method ${id}, and ${why}`];
        }),
      ],
    ),
  ];
}

const namedBy = (rule: { readonly when?: Condition | undefined } | undefined) =>
  rule?.when === undefined ? { applications: [], methods: [] } : namedIn(rule.when);

export const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
