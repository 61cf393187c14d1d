import type { JSX } from 'preact';
import type { Filter } from '../../core/accounts/people.ts';
import type { Language } from '../../ui/language.ts';
import { numberIn } from '../../ui/number.ts';
import { words } from './dashboard-words.ts';
import { type Figures, mostLocked, type Series } from './figures.ts';

interface Tile {
  readonly name: string;
  readonly number: string;
  readonly about?: string;
  /** Where whoever is meant is listed. */
  readonly to?: string;
}

/** This very day in a few numbers, and who stands outside. */
export function Glance({ figures, language }: { figures: Figures; language: Language }): JSX.Element {
  const { glance: say } = words[language];
  return (
    <section class="glance" aria-label={say.title}>
      <dl>
        {tilesOf(figures, language).map(({ name, number, about, to }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{number}</dd>
            <dd class="small soft">
              {to === undefined ? (
                about
              ) : (
                <a href={to} aria-label={`${say.look}: ${name}`}>
                  {say.look}
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function tilesOf({ signIns, refusals, sending, locked, totals }: Figures, language: Language): readonly Tile[] {
  const { glance: say } = words[language];
  const number = (n: number) => numberIn(language, n);
  const today = (name: string, series: Series): Tile => ({
    name,
    number: number(series.at(-1)?.number ?? 0),
    about: say.yesterday(number(series.at(-2)?.number ?? 0)),
  });
  const outside = (name: string, n: number, state: Filter): Tile => ({
    name,
    number: state === 'locked' && n >= mostLocked ? say.orMore(number(n)) : number(n),
    ...(n === 0 ? { about: say.nobody } : { to: `/admin/people?state=${state}` }),
  });
  return [
    today(say.signIns, signIns),
    today(say.refusals, refusals),
    outside(say.locked, locked, 'locked'),
    outside(say.disabled, totals.disabled, 'disabled'),
    today(say.mail, sending.mail.sent),
    today(say.sms, sending.sms.sent),
  ];
}
