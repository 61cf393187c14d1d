import { countLocked } from '../../core/accounts/people.ts';
import { findAccount } from '../../core/accounts/store.ts';
import { alarms, type Event } from '../../core/audit/events.ts';
import { findLast } from '../../core/audit/store.ts';
import type { Price } from '../../core/delivery/sms/provider.ts';
import { isCounted } from '../../core/tallies/count.ts';
import { listTallies, readTotals, type Tally, type Totals } from '../../core/tallies/store.ts';
import { calledOf, type House } from '../../house.ts';
import { days, type Instant, shift } from '../../kernel/clock.ts';
import type { AccountId } from '../../methods/method.ts';
import type { Handle } from '../../store/database.ts';
import type { Channel } from '../../store/outbox.ts';
import { type Day, dayOf, daysUpTo } from '../../ui/day.ts';

/** A number for each day, the oldest first and today last; null where none is known. */
export type Series = readonly { readonly day: Day; readonly number: number | null }[];
/** How often each of several, the most frequent first. */
export type Ranks = readonly { readonly name: string; readonly number: number }[];

/** Something to be looked at: how often in the last days, and the last time. */
export interface Alarm {
  readonly event: Event;
  readonly times: number;
  readonly at: Instant;
  readonly whom: { readonly id: AccountId; readonly name: string } | null;
}

export interface Sending {
  readonly sent: Series;
  /** Not taken, or too late, in all of these days. */
  readonly lost: number;
  /** It failed within the last minute, and has not succeeded since. */
  readonly isDown: boolean;
  /** Of one; null: not known. */
  readonly price: Price | null;
}

/** All that the first page of whoever runs the house tells. */
export interface Figures {
  readonly signIns: Series;
  readonly refusals: Series;
  readonly ways: Ranks;
  readonly wrong: Ranks;
  readonly totals: Totals;
  /** How many of a hundred who may sign in own something that cannot be phished. */
  readonly resistant: Series;
  readonly locked: number;
  readonly alarms: readonly Alarm[];
  readonly sending: Readonly<Record<Channel, Sending>>;
  /** Is everything in it that is sealed? */
  readonly isCounted: boolean;
}

/** So many days are shown; how people are equipped changes more slowly. */
const shown = 30;
const shownSlow = 90;
/** Of so many days something is an alarm. */
const lately = 7;
/** Whoever reads it needs to know that it is many. */
export const mostLocked = 1000;

/** Kept numbers, each by its index: what it costs does not depend on how many people there are, or how much happened. */
export async function figuresOf({ gate, smsPrice }: Pick<House, 'gate' | 'smsPrice'>): Promise<Figures> {
  const { clock, outbox } = gate;
  const { read } = gate.database;
  const now = clock.now();
  const today = dayOf(now);
  const span = daysUpTo(today, shown);
  const slow = daysUpTo(today, shownSlow);
  const since = (range: readonly Day[]): Day => range[0] ?? today;
  const signIns = await listTallies(read, 'sign-in', since(span));
  const refusals = await listTallies(read, 'refusal', since(span));
  const messages = await listTallies(read, 'message', since(span));
  const sendingBy = async (channel: Channel, price: Price | null): Promise<Sending> => ({
    sent: seriesOf(messages, span, `${channel} sent`),
    lost: sumOf(messages.filter(({ name }) => name === `${channel} refused` || name === `${channel} expired`)),
    isDown: await outbox.isDown(read, channel),
    price,
  });
  return {
    signIns: seriesOf(signIns, span),
    refusals: seriesOf(refusals, span),
    ways: ranksOf(signIns),
    wrong: ranksOf(refusals),
    totals: await readTotals(read),
    resistant: sharesOf(await listTallies(read, 'people', since(slow)), slow),
    locked: await countLocked(read, now, mostLocked),
    alarms: await alarmsOf(read, now),
    sending: { mail: await sendingBy('mail', null), sms: await sendingBy('sms', smsPrice) },
    isCounted: await isCounted(read),
  };
}

/** All of them together; what is not known is nothing. */
export const sumOf = (some: readonly { readonly number: number | null }[]): number =>
  some.reduce((sum, { number }) => sum + (number ?? 0), 0);

/** What was counted on each day, of one name or of all. */
export function seriesOf(tallies: readonly Tally[], span: readonly Day[], only?: string): Series {
  const sums = new Map<Day, number>();
  for (const { day, name, number } of tallies)
    if (only === undefined || name === only) sums.set(day, (sums.get(day) ?? 0) + number);
  return span.map((day) => ({ day, number: sums.get(day) ?? 0 }));
}

export function ranksOf(tallies: readonly Tally[]): Ranks {
  const sums = new Map<string, number>();
  for (const { name, number } of tallies) sums.set(name, (sums.get(name) ?? 0) + number);
  return [...sums].map(([name, number]) => ({ name, number })).sort((a, b) => b.number - a.number);
}

/** Of everybody who may sign in. A day on which nobody counted is as the day before; none is known before the first. */
export function sharesOf(tallies: readonly Tally[], span: readonly Day[]): Series {
  let last: number | null = null;
  return span.map((day) => {
    const stood = tallies.filter((one) => one.day === day && one.name !== 'disabled');
    const all = sumOf(stood);
    const some = sumOf(stood.filter(({ name }) => name === 'resistant'));
    if (stood.length > 0) last = all === 0 ? null : (100 * some) / all;
    return { day, number: last };
  });
}

/** Each kind of alarm once, the latest first. */
async function alarmsOf(read: Handle, now: Instant): Promise<readonly Alarm[]> {
  const span = daysUpTo(dayOf(now), lately);
  const tallies = await listTallies(read, 'alarm', span[0] ?? dayOf(now));
  const found: Alarm[] = [];
  for (const event of alarms) {
    const last = await findLast(read, event, shift(now, -days(lately)));
    if (last === null) continue;
    const account = last.account === null ? null : await findAccount(read, last.account);
    const times = Math.max(1, sumOf(tallies.filter(({ name }) => name === event)));
    const whom = account === null ? null : { id: account.id, name: calledOf(account) };
    found.push({ event, times, at: last.at, whom });
  }
  return found.sort((a, b) => b.at - a.at);
}
