import type { JSX } from 'preact';
import { words as eventWords } from '../../core/audit/words.ts';
import type { Channel } from '../../store/outbox.ts';
import { Curve } from '../../ui/chart.tsx';
import { dayIn } from '../../ui/day.ts';
import type { Language } from '../../ui/language.ts';
import { zoneIn } from '../../ui/moment.ts';
import { Note } from '../../ui/note.tsx';
import { moneyIn, numberIn, shareIn } from '../../ui/number.ts';
import { Time } from '../../ui/time.tsx';
import { Row } from '../portal/pages.tsx';
import type { Told } from '../portal/ways.tsx';
import { words } from './dashboard-words.ts';
import { type Alarm, type Figures, type Sending, type Series, sumOf } from './figures.ts';
import { Glance } from './glance.tsx';
import { Page } from './page.tsx';
import { belowOf, PerDay, pointsOf, Titled } from './per-day.tsx';
import { type MethodNames, Standings, Ways } from './ranks.tsx';
import type { Desk } from './scene.ts';

/** How people get in, and what asks for a look: the numbers of a month, and of this very day. */
export function dashboardPage(desk: Desk, figures: Figures, names: MethodNames, told: Told): JSX.Element {
  const { language, now } = told;
  const say = words[language];
  return (
    <Page desk={desk} title={say.title} lead={say.lead(zoneIn(language, now))}>
      {(['mail', 'sms'] as const).map(
        (channel) => figures.sending[channel].isDown && <Note key={channel}>{say.isDown[channel]}</Note>,
      )}
      {!figures.isCounted && <Note>{say.lagging}</Note>}
      <Glance figures={figures} language={language} />
      <Alarms alarms={figures.alarms} told={told} />
      <div class="figures">
        <div class="stack">
          <PerDay id="sign-ins" series={figures.signIns} say={say.signIns} language={language} />
          <Ways id="ways" ranks={figures.ways} names={names} language={language} />
        </div>
        <div class="stack">
          <PerDay id="refusals" series={figures.refusals} say={say.refusals} language={language} tone="warn" />
          <Ways id="wrong" ranks={figures.wrong} names={names} language={language} tone="warn" />
        </div>
      </div>
      <Standings totals={figures.totals} language={language} />
      <Adoption series={figures.resistant} language={language} />
      <div class="figures">
        <Sent channel="mail" sending={figures.sending.mail} language={language} />
        <Sent channel="sms" sending={figures.sending.sms} language={language} />
      </div>
    </Page>
  );
}

function Alarms({ alarms, told }: { alarms: readonly Alarm[]; told: Told }): JSX.Element {
  const { language } = told;
  const say = words[language].alarms;
  return (
    <Titled title={say.title} aside={say.span}>
      {alarms.length === 0 && <p class="nothing soft">{say.none}</p>}
      {alarms.map(({ event, times, at, whom }) => (
        <Row
          key={event}
          icon="warning"
          name={eventWords[language][event]}
          about={
            <>
              {say.times(times, numberIn(language, times))} · {say.last(<Time {...told} at={at} />)}
              {whom !== null && (
                <>
                  {' · '}
                  <a href={`/admin/people/${whom.id}`}>
                    <bdi>{whom.name}</bdi>
                  </a>
                </>
              )}
            </>
          }
        />
      ))}
    </Titled>
  );
}

interface SentProps {
  readonly channel: Channel;
  readonly sending: Sending;
  readonly language: Language;
}

/** How many messages went out, about what they cost, and how many did not. */
function Sent({ channel, sending: { sent, lost, price }, language }: SentProps): JSX.Element {
  const { sent: say, glance } = words[language];
  const { about, none } = say;
  const all = sumOf(sent);
  const cost = price === null ? null : moneyIn(language, all * price.amount, price.currency);
  const aside = [
    ...(all > 0 ? [glance.whole(numberIn(language, all))] : []),
    ...(all > 0 && cost !== null ? [say.cost(cost)] : []),
    ...(lost > 0 ? [say.lost(lost, numberIn(language, lost))] : []),
  ];
  const texts = { title: say[channel], about, none };
  return <PerDay id={channel} series={sent} say={texts} aside={aside.join(' · ')} language={language} />;
}

/** How many of those who may sign in own something that cannot be phished, over a quarter of a year. */
function Adoption({ series, language }: { series: Series; language: Language }): JSX.Element {
  const { adoption: say, chart } = words[language];
  const share = (percent: number) => shareIn(language, percent / 100);
  const first = series.find(({ number }) => number !== null);
  const now = series.at(-1)?.number ?? null;
  const about =
    first === undefined || now === null
      ? say.none
      : say.about(share(first.number ?? 0), dayIn(language, first.day), share(now));
  return (
    <Titled title={say.title} aside={now === null ? '' : say.now(share(now))}>
      <Curve
        id="adoption"
        title={say.title}
        about={about}
        points={pointsOf(series, language)}
        say={share}
        brief={share}
        below={belowOf(series, language)}
        words={{ table: chart.table, name: chart.day, value: say.column, none: chart.nothing }}
      />
    </Titled>
  );
}
