import type { ComponentChildren, JSX } from 'preact';
import { Columns, type Point } from '../../ui/chart.tsx';
import { dayIn } from '../../ui/day.ts';
import type { Language } from '../../ui/language.ts';
import { numberIn, roughlyIn } from '../../ui/number.ts';
import { words } from './dashboard-words.ts';
import { type Series, sumOf } from './figures.ts';

/** A titled card, and beside its title what it is about. */
export const Titled = ({
  title,
  aside,
  children,
}: {
  title: string;
  aside: string;
  children: ComponentChildren;
}): JSX.Element => (
  <section class="panel">
    <header>
      <h2>{title}</h2>
      {aside !== '' && <span class="small soft">{aside}</span>}
    </header>
    {children}
  </section>
);

interface Summed {
  readonly all: string;
  readonly most: string;
  readonly on: string;
  readonly today: string;
}

/** What a screen reader is told of a picture of days. */
function summed(series: Series, language: Language): Summed {
  const number = (n: number | null | undefined) => numberIn(language, n ?? 0);
  const most = series.reduce((best, one) => ((one.number ?? 0) > (best.number ?? 0) ? one : best));
  return {
    all: number(sumOf(series)),
    most: number(most.number),
    on: dayIn(language, most.day),
    today: number(series.at(-1)?.number),
  };
}

export const pointsOf = (series: Series, language: Language): readonly Point[] =>
  series.map(({ day, number }) => ({ name: dayIn(language, day), value: number }));

/** Under the edges and the middle of a picture of days. */
export const belowOf = (series: Series, language: Language): readonly string[] => [
  ...[series[0], series[Math.floor(series.length / 2)]].flatMap((one) =>
    one === undefined ? [] : [dayIn(language, one.day, 'short')],
  ),
  words[language].chart.today,
];

interface PerDayProps {
  readonly id: string;
  readonly series: Series;
  readonly say: { readonly title: string; readonly about: (summed: Summed) => string; readonly none: string };
  /** Beside the title; how many they are in all, when left out. */
  readonly aside?: string;
  readonly tone?: 'plain' | 'warn';
  readonly language: Language;
}

/** What was counted on each day, as columns, and behind them the numbers. */
export function PerDay({ id, series, say, aside, tone = 'plain', language }: PerDayProps): JSX.Element {
  const { chart, glance } = words[language];
  const told = summed(series, language);
  const isEmpty = series.every(({ number }) => number === 0);
  return (
    <Titled title={say.title} aside={aside ?? (isEmpty ? '' : glance.whole(told.all))}>
      <Columns
        id={id}
        title={say.title}
        about={isEmpty ? say.none : say.about(told)}
        points={pointsOf(series, language)}
        say={(n) => numberIn(language, n)}
        brief={(n) => roughlyIn(language, n)}
        below={belowOf(series, language)}
        words={{ table: chart.table, name: chart.day, value: chart.number, none: chart.nothing }}
        tone={tone}
      />
    </Titled>
  );
}
