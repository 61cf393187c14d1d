import type { JSX } from 'preact';
import type { Rule } from '../../../core/policies/settings.ts';
import type { Language } from '../../../ui/language.ts';
import { words } from './words.ts';

/** What names stand for on these pages. */
export interface Naming {
  readonly language: Language;
  method(id: string): string;
  application(id: string): string;
}

/** The rules of a policy in their order, each in words. */
export const RuleList = ({ rules, naming }: { rules: readonly Rule[]; naming: Naming }): JSX.Element => (
  <ol class="rules">
    {rules.map((rule) => {
      const { require, when, ...details } = saidIn(rule, naming);
      return (
        <li key={rule.name}>
          <div class="name">
            <bdi>{rule.name}</bdi>
            <span class={`badge ${toneOf(rule)}`}>{require}</span>
          </div>
          <p>{when}</p>
          {Object.values(details).map((detail) => (
            <p key={detail} class="small soft">
              {detail}
            </p>
          ))}
        </li>
      );
    })}
  </ol>
);

const toneOf = ({ require }: Rule): string => (require === 'deny' ? 'warn' : require === 'sfa' ? 'plain' : 'good');

/** Whom it is for: all that is named must hold. */
function whomIn({ when: { people, groups, applications, networks } }: Rule, naming: Naming): string {
  const say = words[naming.language].rule;
  const any = (names: readonly string[] | undefined, told: (names: string) => string) =>
    names === undefined ? [] : [told(names.join(say.or))];
  const parts = [
    ...any(people, say.people),
    ...any(groups, say.groups),
    ...any(applications?.map(naming.application), say.applications),
    ...any(networks, say.networks),
  ];
  return parts.length === 0 ? say.everybody : capital(parts.join(say.and));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a rule says, field by field, in sentences; what is as usual goes without saying. */
export function saidIn(rule: Rule, naming: Naming): Partial<Record<keyof Rule, string>> {
  const all: Partial<Record<keyof Rule, readonly string[]>> = {
    require: [words[naming.language].rule.requires[rule.require]],
    when: [whomIn(rule, naming)],
    ...aboutMethods(rule, naming),
    ...aboutPeople(rule, naming),
  };
  const said = Object.entries(all).filter(([, sentences]) => sentences.length > 0);
  return Object.fromEntries(said.map(([field, sentences]) => [field, sentences.join(' ')]));
}

/** What is taken, what comes first, and what may stand in its place. */
function aboutMethods({ methods, primary, passwordless, passkeys, ...rule }: Rule, { language, method }: Naming) {
  const say = words[language].rule;
  const called = (ids: readonly string[]) => ids.map(method).join(say.and);
  const counts = rule.countsForStepUp;
  return {
    methods: [
      ...told(methods.second, (ids) => (ids.length > 0 ? say.second(called(ids)) : say.noSecond)),
      ...told(methods.backup, (ids) => (ids.length > 0 ? say.backup(called(ids)) : say.noBackup)),
    ],
    primary: told(primary, ({ methods: ids, only }) => (only ? say.primaryOnly : say.primary)(called(ids))),
    countsForStepUp: counts.length > 0 ? [say.counts(called(counts))] : [],
    passwordless: told(passwordless, ({ methods: ids, when }) =>
      (when === undefined ? say.passwordless : say.passwordlessWhen)(called(ids)),
    ),
    passkeys: [
      ...(passkeys.offer === true ? [say.offers] : []),
      ...(passkeys.syncedAlone === 'sfa' ? [say.syncedAlone] : []),
    ],
  };
}

const told = <Value,>(value: Value | undefined, tell: (value: Value) => string): readonly string[] =>
  value === undefined ? [] : [tell(value)];

/** What people may do, and what they read. */
function aboutPeople({ rememberDays = 0, confirm, confirmWhenDown, setUp, help }: Rule, { language }: Naming) {
  const say = words[language].rule;
  return {
    rememberDays: rememberDays > 0 ? [say.remembers(rememberDays)] : [],
    confirm: confirm === 'never' ? [] : [say.confirm[confirm]],
    confirmWhenDown: confirm === 'never' ? [] : [say.confirmWhenDown[confirmWhenDown]],
    setUp: setUp === 'anytime' ? [] : [say.setUp[setUp]],
    help: told(help, say.help),
  };
}
