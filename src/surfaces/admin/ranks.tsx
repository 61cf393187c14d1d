import type { JSX } from 'preact';
import type { Totals } from '../../core/tallies/store.ts';
import type { MethodWords } from '../../methods/method.ts';
import { type Bar, Bars, type Tone } from '../../ui/chart.tsx';
import type { InEveryLanguage, Language } from '../../ui/language.ts';
import { numberIn, shareIn } from '../../ui/number.ts';
import { Panel } from '../portal/pages.tsx';
import { words } from './dashboard-words.ts';
import { type Ranks, sumOf } from './figures.ts';

export type MethodNames = ReadonlyMap<string, { readonly words: InEveryLanguage<MethodWords> }>;

/** As many as are read at a glance; the rest is one more. */
const most = 6;

interface WaysProps {
  readonly id: 'ways' | 'wrong';
  readonly ranks: Ranks;
  readonly names: MethodNames;
  readonly language: Language;
  readonly tone?: 'plain' | 'warn';
}

/** How often by what, the most frequent first. */
export function Ways({ id, ranks, names, language, tone = 'plain' }: WaysProps): JSX.Element {
  const { [id]: say, chart, parts } = words[language];
  const all = sumOf(ranks);
  const rest = sumOf(ranks.slice(most));
  const bar = (name: string, number: number, tone: Tone): Bar => ({
    name,
    value: number,
    said: numberIn(language, number),
    part: shareIn(language, number / all),
    tone,
  });
  const bars = [
    ...ranks.slice(0, most).map(({ name, number }) => bar(called(name, names, language), number, tone)),
    ...(rest > 0 ? [bar(parts.others, rest, 'quiet')] : []),
  ];
  return (
    <Panel title={say.title}>
      {bars.length === 0 ? (
        <p class="nothing soft">{say.none}</p>
      ) : (
        <Bars title={say.title} name={say.column} value={chart.number} bars={bars} />
      )}
    </Panel>
  );
}

/** `password totp` in words; what is switched off by now goes by its name in the database. */
function called(ways: string, names: MethodNames, language: Language): string {
  const { parts } = words[language];
  const part = (way: string): string =>
    way === 'remembered-device' || way === 'temporary-code'
      ? parts[way]
      : (names.get(way)?.words[language].name ?? way);
  return ways === '' ? parts.unknown : ways.split(' ').map(part).join(' + ');
}

const tones = { resistant: 'plain', phishable: 'warn', weak: 'danger' } as const;

/** Of everybody who may sign in: what the strongest of their ways is worth. */
export function Standings({ totals, language }: { totals: Totals; language: Language }): JSX.Element {
  const { standings: say } = words[language];
  const all = totals.resistant + totals.phishable + totals.weak;
  if (all === 0)
    return (
      <Panel title={say.title}>
        <p class="nothing soft">{say.none}</p>
      </Panel>
    );
  const part = (number: number) => shareIn(language, number / all);
  const bars = (['resistant', 'phishable', 'weak'] as const).map((standing): Bar => {
    const { name, about } = say[standing];
    const number = totals[standing];
    const said = numberIn(language, number);
    return { name, about, value: number, said, part: part(number), tone: tones[standing] };
  });
  const show = say.show(part(totals.phishable + totals.weak));
  return (
    <Panel title={say.title} more={{ to: '/admin/people?state=phishable', label: show }}>
      <Bars title={say.all(numberIn(language, all))} name={say.column} value={say.count} bars={bars} />
    </Panel>
  );
}
