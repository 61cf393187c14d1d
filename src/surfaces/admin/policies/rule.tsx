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
    {rules.map((rule) => (
      <li key={rule.name}>
        <div class="name">
          <bdi>{rule.name}</bdi>
          <span class={`badge ${toneOf(rule)}`}>{words[naming.language].rule.requires[rule.require]}</span>
        </div>
        <p>{whomIn(rule, naming)}</p>
        {detailsOf(rule, naming).map((detail) => (
          <p key={detail} class="small soft">
            {detail}
          </p>
        ))}
      </li>
    ))}
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

/** All else that it says, a sentence each; what is as usual goes without saying. */
function detailsOf(rule: Rule, naming: Naming): readonly string[] {
  const say = words[naming.language].rule;
  const called = (ids: readonly string[]) => ids.map(naming.method).join(say.and);
  const { methods, primary, passwordless, passkeys, countsForStepUp: counts, rememberDays, help } = rule;
  const all: readonly (readonly [boolean, () => string])[] = [
    [methods.second !== undefined, () => (methods.second?.length ? say.second(called(methods.second)) : say.noSecond)],
    [methods.backup !== undefined, () => (methods.backup?.length ? say.backup(called(methods.backup)) : say.noBackup)],
    [primary !== undefined, () => (primary?.only ? say.primaryOnly : say.primary)(called(primary?.methods ?? []))],
    [(rememberDays ?? 0) > 0, () => say.remembers(rememberDays ?? 0)],
    [
      passwordless !== undefined,
      () =>
        (passwordless?.when === undefined ? say.passwordless : say.passwordlessWhen)(
          called(passwordless?.methods ?? []),
        ),
    ],
    [passkeys.offer === true, () => say.offers],
    [passkeys.syncedAlone === 'sfa', () => say.syncedAlone],
    [rule.confirm !== 'never', () => say.confirm[rule.confirm]],
    [counts.length > 0, () => say.counts(called(counts))],
    [rule.setUp !== 'anytime', () => say.setUp[rule.setUp]],
    [help !== undefined, () => say.help(help ?? '')],
  ];
  return all.filter(([holds]) => holds).map(([, told]) => told());
}
