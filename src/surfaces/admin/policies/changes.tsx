import type { JSX } from 'preact';
import { byName, reordered } from '../../../core/arrangement/changes.ts';
import type { Policy } from '../../../core/policies/document.ts';
import { leavesOf } from '../../../core/policies/leaves.ts';
import type { Rule } from '../../../core/policies/settings.ts';
import type { Both } from '../../../proving/policies.ts';
import { Panel } from '../../portal/pages.tsx';
import { words } from './draft-words.ts';
import { type Naming, saidIn } from './rule.tsx';

/** Something that is said no more, or anew; where there are no words for it, as it is written down. */
interface Line {
  readonly is: 'gone' | 'new';
  readonly text: string;
  readonly written?: true;
}

interface Changed {
  readonly name: string;
  readonly is: 'gone' | 'new' | 'changed';
  readonly lines: readonly Line[];
}

/** What changes, rule by rule, in words; a sign and a word tell it too, not colour alone. */
export function Changes({ before, after, naming }: Both & { naming: Naming }): JSX.Element {
  const say = words[naming.language].changes;
  const rules = changedRules(before.policies, after.policies, naming);
  const order = reordered(before.policies, after.policies);
  const house = changedForHouse(before, after);
  return (
    <Panel title={say.title}>
      {rules.length === 0 && order === null && house.length === 0 && <p class="nothing soft">{say.none}</p>}
      <ul class="changes">
        {rules.map((rule) => (
          <li key={rule.name} class="change">
            <div class="name">
              <bdi>{rule.name}</bdi>
              <span class="badge plain">{say[rule.is]}</span>
            </div>
            <Lines lines={rule.lines} say={say} />
          </li>
        ))}
        {order !== null && (
          <li class="change">
            <div class="name">{say.order}</div>
            <p>
              <bdi>{order.join(' · ')}</bdi>
            </p>
          </li>
        )}
        {house.length > 0 && (
          <li class="change">
            <div class="name">{say.house}</div>
            <Lines lines={house} say={say} />
          </li>
        )}
      </ul>
    </Panel>
  );
}

const Lines = ({ lines, say }: { lines: readonly Line[]; say: { gone: string; new: string } }): JSX.Element => (
  <>
    {lines.map(({ is, text, written }) => {
      const Tag = is === 'new' ? 'ins' : 'del';
      return (
        <Tag key={`${is} ${text}`}>
          <span class="unseen">{say[is]}: </span>
          {written ? <code>{text}</code> : text}
        </Tag>
      );
    })}
  </>
);

function changedRules(before: readonly Rule[], after: readonly Rule[], naming: Naming): readonly Changed[] {
  const [were, are] = [byName(before), byName(after)];
  const whole = (rule: Rule, is: Line['is']): Changed => ({
    name: rule.name,
    is,
    lines: Object.values(saidIn(rule, naming)).map((text) => ({ is, text })),
  });
  return [
    ...after.flatMap((rule): readonly Changed[] => {
      const then = were.get(rule.name);
      if (then === undefined) return [whole(rule, 'new')];
      const lines = fields(then, rule).flatMap((field) => linesOf(field, then, rule, naming));
      return lines.length === 0 ? [] : [{ name: rule.name, is: 'changed', lines }];
    }),
    ...before.filter(({ name }) => !are.has(name)).map((rule) => whole(rule, 'gone')),
  ];
}

const fields = (then: Rule, now: Rule): readonly (keyof Rule)[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)] as (keyof Rule)[])].filter(
    (field) => writtenIn(then, field) !== writtenIn(now, field),
  );

const writtenIn = (rule: Rule, field: keyof Rule): string => JSON.stringify(rule[field]) ?? '';

/** Nothing that differs is left out: where its sentence is the same, or none, it is shown as it is written down. */
function linesOf(field: keyof Rule, then: Rule, now: Rule, naming: Naming): readonly Line[] {
  const [was, is] = [saidIn(then, naming)[field] ?? '', saidIn(now, naming)[field] ?? ''];
  const asWritten = (rule: Rule) => {
    const text = writtenIn(rule, field);
    return text === '' ? '' : `${field}: ${text}`;
  };
  return was === is ? linesFrom(asWritten(then), asWritten(now), true) : linesFrom(was, is);
}

const linesFrom = (was: string, is: string, written?: true): readonly Line[] =>
  [
    { is: 'gone' as const, text: was, ...(written && { written }) },
    { is: 'new' as const, text: is, ...(written && { written }) },
  ].filter(({ text }) => text !== '');

/** The numbers that hold for everybody, each by its place in the document. */
function changedForHouse({ policies: _, ...before }: Policy, { policies: __, ...after }: Policy): readonly Line[] {
  const [were, are] = [leavesOf(before), leavesOf(after)];
  const told = (path: string, value: string | undefined) => (value === undefined ? '' : `${path}: ${value}`);
  return [...new Set([...were.keys(), ...are.keys()])]
    .filter((path) => were.get(path) !== are.get(path))
    .flatMap((path) => linesFrom(told(path, were.get(path)), told(path, are.get(path)), true));
}
