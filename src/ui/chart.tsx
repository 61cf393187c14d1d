import type { ComponentChildren, JSX } from 'preact';

/**
 * Pictures of numbers, drawn here: no script, and no style that a page would have to allow. All lengths are shares of a
 * hundred, so a picture is as wide as its place; what is written stands beside it as text of the page, and is as large as that.
 * A screen reader hears the title and the sentence, and finds every number in the table.
 */

/** One day, or whatever else stands in a row; `value` null: nothing is known of it. */
export interface Point {
  readonly name: string;
  readonly value: number | null;
}

interface ChartProps {
  /** Of this page alone. */
  readonly id: string;
  readonly title: string;
  /** All of it in a sentence. */
  readonly about: string;
  readonly points: readonly Point[];
  /** A number as it is said, and in little room. */
  readonly say: (n: number) => string;
  readonly brief: (n: number) => string;
  /** Under its left edge, its middle and its right one. */
  readonly below: readonly string[];
  readonly words: ChartWords;
  readonly tone?: 'plain' | 'warn';
}

export interface ChartWords {
  /** What opens the table, and what its columns are. */
  readonly table: string;
  readonly name: string;
  readonly value: string;
  /** Where nothing is known. */
  readonly none: string;
}

/** A number that can be drawn: what is no number, or below nothing, is not known. */
const known = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) || value < 0 ? null : value;

/** Two digits behind the point are finer than any screen. */
const rounded = (n: number): number => Math.round(n * 100) / 100;

const steps = [1, 1.2, 1.6, 2, 4, 6, 8, 10] as const;

/** The end of the scale: the next number that has a half as round as itself; two for nothing at all. */
export function topOf(values: readonly (number | null)[]): number {
  const most = values.reduce<number>((top, value) => Math.max(top, known(value) ?? 0), 0);
  if (most <= 2) return 2;
  const unit = 10 ** Math.floor(Math.log10(most));
  return rounded((steps.find((step) => step * unit >= most) ?? 20) * unit);
}

const percent = (n: number): string => `${rounded(n)}%`;

/** Of what there is little, there is still something to be seen. */
const least = 1.5;
const lengthOf = (value: number, top: number): number => (value === 0 ? 0 : Math.max(least, (100 * value) / top));

/** A column for each; the last one is of a day that is not over. */
export function Columns(props: ChartProps): JSX.Element {
  const { points, say, tone = 'plain' } = props;
  const top = topOf(points.map(({ value }) => value));
  const each = 100 / Math.max(1, points.length);
  const columns = points.map(({ name, value }, index) => {
    const height = lengthOf(known(value) ?? 0, top);
    const last = index === points.length - 1;
    return (
      <g key={name}>
        <title>{saying(props, { name, value }, say)}</title>
        <rect class="reach" x={percent(index * each)} y="0" width={percent(each)} height="100%" />
        {height > 0 && (
          <rect
            class={last ? `${tone} going-on` : tone}
            x={percent((index + 0.12) * each)}
            y={percent(100 - height)}
            width={percent(0.76 * each)}
            height={percent(height)}
            rx="2"
          />
        )}
      </g>
    );
  });
  return (
    <Chart {...props} top={top}>
      {columns}
    </Chart>
  );
}

/** A line through all that is known, from the first of it to the last. */
export function Curve(props: ChartProps): JSX.Element {
  const { points, say, tone = 'plain' } = props;
  const top = topOf(points.map(({ value }) => value));
  const across = (index: number) => (points.length < 2 ? 100 : (100 * index) / (points.length - 1));
  const drawn = points.flatMap(({ value }, index) => {
    const at = known(value);
    return at === null ? [] : [{ x: rounded(across(index)), y: rounded(100 - (100 * at) / top) }];
  });
  const [first, last] = [drawn[0], drawn.at(-1)];
  const line = drawn.map(({ x, y }) => `${x} ${y}`).join('L');
  const each = 100 / Math.max(1, points.length);
  return (
    <Chart {...props} top={top}>
      {first !== undefined && last !== undefined && (
        <>
          <svg aria-hidden="true" viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">
            <path class={`${tone} under`} d={`M${first.x} 100L${line}L${last.x} 100z`} />
            <path class={`${tone} line`} d={`M${line}`} vector-effect="non-scaling-stroke" />
          </svg>
          <circle class={tone} cx={percent(last.x)} cy={percent(last.y)} r="4" />
        </>
      )}
      {points.map((point, index) => (
        <rect key={point.name} class="reach" x={percent(index * each)} y="0" width={percent(each)} height="100%">
          <title>{saying(props, point, say)}</title>
        </rect>
      ))}
    </Chart>
  );
}

const saying = ({ words }: ChartProps, { name, value }: Point, say: (n: number) => string): string => {
  const at = known(value);
  return `${name}: ${at === null ? words.none : say(at)}`;
};

/** The picture between its scale and what stands below, and the table behind it; where there is nothing, a sentence says so. */
function Chart({ top, children, ...props }: ChartProps & { top: number; children: ComponentChildren }): JSX.Element {
  const { id, title, about, points, brief, below, words } = props;
  if (points.every(({ value }) => (known(value) ?? 0) === 0)) return <p class="nothing soft">{about}</p>;
  return (
    <figure class="chart">
      <div class="scale" aria-hidden="true">
        <span>{brief(top)}</span>
        <span>{brief(top / 2)}</span>
        <span>{brief(0)}</span>
      </div>
      <svg class="drawn" role="img" aria-labelledby={`${id}-title`} aria-describedby={`${id}-about`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-about`}>{about}</desc>
        <line class="grid" x1="0" x2="100%" y1="0" y2="0" />
        <line class="grid" x1="0" x2="100%" y1="50%" y2="50%" />
        {children}
        <line class="ground" x1="0" x2="100%" y1="100%" y2="100%" />
      </svg>
      <div class="below" aria-hidden="true">
        {below.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </div>
      <Numbers title={title} points={points} say={props.say} words={words} />
    </figure>
  );
}

const Numbers = ({
  title,
  points,
  say,
  words,
}: Pick<ChartProps, 'title' | 'points' | 'say' | 'words'>): JSX.Element => (
  <details>
    <summary>
      {words.table}
      <span class="unseen">: {title}</span>
    </summary>
    <table class="numbers">
      <caption class="unseen">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      <tbody>
        {points.toReversed().map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{known(value) === null ? words.none : say(known(value) ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);

/** Good, to be looked at, bad, and beside the point. */
export type Tone = 'plain' | 'warn' | 'danger' | 'quiet';

export interface Bar {
  readonly name: string;
  readonly about?: string;
  readonly value: number;
  /** What is said of it at the end of its line: its number, and which part of all that is. */
  readonly said: string;
  readonly part: string;
  readonly tone: Tone;
}

/** Lengths to be compared, in a table that says the same: each as long as its part of all. */
export function Bars({
  title,
  name,
  value,
  bars,
}: {
  title: string;
  /** What its columns are. */
  name: string;
  value: string;
  bars: readonly Bar[];
}): JSX.Element {
  const all = Math.max(
    1,
    bars.reduce((sum, bar) => sum + (known(bar.value) ?? 0), 0),
  );
  return (
    <table class="bars">
      <caption class="unseen">{title}</caption>
      <thead class="unseen">
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{value}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row">
              {bar.name}
              {bar.about !== undefined && <span class="small soft">{bar.about}</span>}
              <svg class="length" aria-hidden="true">
                <rect class="track" width="100%" height="100%" rx="4" />
                <rect class={bar.tone} width={percent(lengthOf(known(bar.value) ?? 0, all))} height="100%" rx="4" />
              </svg>
            </th>
            <td>
              {bar.said} <span class="small soft">{bar.part}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
