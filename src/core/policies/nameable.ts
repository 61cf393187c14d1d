import { namedIn } from './condition.ts';
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
      ({ name, when, methods: { second = [], backup = [] }, countsForStepUp, primary, passwordless }) => [
        ...[...(when.applications ?? []), ...conditionOf(passwordless).applications]
          .filter((id) => !applications.includes(id))
          .map((id) => `policies: ${name} names the application ${id}, which there is not`),
        ...[
          ...second,
          ...backup,
          ...countsForStepUp,
          ...(primary?.methods ?? []),
          ...(passwordless?.methods ?? []),
          ...conditionOf(passwordless).methods,
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

const conditionOf = (passwordless: Rule['passwordless']) =>
  passwordless?.when === undefined ? { applications: [], methods: [] } : namedIn(passwordless.when);

export const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
