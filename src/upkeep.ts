import * as addresses from './core/addresses/store.ts';
import * as apiTokens from './core/api-tokens/store.ts';
import * as attempts from './core/attempts/store.ts';
import * as audit from './core/audit/store.ts';
import * as remembered from './core/browsers/remembered.ts';
import * as browsers from './core/browsers/store.ts';
import type { Couriers } from './core/delivery/courier.ts';
import { openPost } from './core/delivery/post.ts';
import * as delivery from './core/delivery/store.ts';
import * as joining from './core/joining/store.ts';
import * as links from './core/links/store.ts';
import * as otpAnswers from './core/otp-answers/store.ts';
import * as proofTickets from './core/proof-tickets/store.ts';
import * as sessions from './core/sessions/store.ts';
import { removeOldHandOuts } from './core/temporary-codes/hand-outs.ts';
import * as temporaryCodes from './core/temporary-codes/store.ts';
import * as throttle from './core/throttle/store.ts';
import { days, minutes, seconds, shift } from './kernel/clock.ts';
import type { Telling } from './kernel/telling.ts';
import { every, rounds, type Stop, within } from './kernel/timers.ts';
import { removeOldSends } from './otp/sends.ts';
import { removeExpiredParked, removeExpiredPasses } from './protocols/forward-auth/index.ts';
import { removeOldRequests } from './protocols/radius/index.ts';
import { databaseTime } from './store/database.ts';
import type { Means } from './store/means.ts';

/** Removes what has served its time. Attempts stay a day longer: their page can then say how to begin again. */
export async function sweep({ database, clock }: Means): Promise<void> {
  const ago = (milliseconds: number) => shift(clock.now(), -milliseconds);
  await database.transaction((tx) => attempts.removeExpired(tx, ago(days(1))));
  await database.transaction((tx) => apiTokens.removeExpired(tx, ago(days(30))));
  await database.transaction((tx) => links.removeExpired(tx, ago(0)));
  await database.transaction((tx) => joining.removeExpired(tx, ago(0)));
  await database.transaction((tx) => proofTickets.removeExpired(tx, ago(0)));
  await database.transaction((tx) => temporaryCodes.removeExpired(tx, ago(days(1))));
  await database.transaction((tx) => removeOldHandOuts(tx, ago(days(1))));
  await database.transaction((tx) => otpAnswers.removeExpired(tx, ago(0)));
  await database.transaction((tx) => addresses.removeExpired(tx, ago(0)));
  await database.transaction((tx) => remembered.removeExpired(tx, ago(0)));
  await database.transaction((tx) => removeExpiredPasses(tx, ago(0)));
  await database.transaction((tx) => removeExpiredParked(tx, ago(0)));
  await database.transaction((tx) => removeOldRequests(tx, ago(days(1))));
  await database.transaction((tx) => sessions.removeExpired(tx, ago(days(30))));
  await database.transaction((tx) => audit.removeDecisions(tx, ago(days(30))));
  await database.transaction((tx) => throttle.removeStale(tx, ago(days(30))));
  await database.transaction((tx) => removeOldSends(tx, ago(days(2))));
  await database.transaction((tx) => browsers.removeUnseen(tx, ago(days(400))));
  await database.transaction((tx) => delivery.removeSettled(tx, ago(days(30))));
}

/** Compares our clock with the database's, half the way there and back taken off. SQLite has no clock but ours. */
export async function watchClock({ database, clock, skew }: Means, tell: (seconds: number) => void): Promise<void> {
  const asked = clock.now();
  const theirs = await databaseTime(database);
  if (theirs === null) return;
  skew.milliseconds = Math.round(theirs - (asked + clock.now()) / 2);
  if (skew.worthTelling) tell(skew.milliseconds / 1000);
}

/** All that is done by the clock and not by a request, until stopped. */
export async function keepUp(means: Means, couriers: Couriers, log: Telling): Promise<Stop> {
  const failed = (failure: unknown) => log.error({ err: failure }, 'upkeep failed; it is tried again');
  const tell = (seconds: number) => log.warn({ seconds }, 'the clock of the database is off from ours');
  await watchClock(means, tell).catch(failed);
  const post = openPost(means, couriers, log);
  const sending = rounds(seconds(5), post.round, failed);
  means.outbox.whenOwed(sending.wake);
  const stops = [
    sending.stop,
    every(minutes(1), post.drop, failed),
    every(minutes(10), () => sweep(means), failed),
    every(minutes(1), () => watchClock(means, tell), failed),
  ];
  const stopped = () => Promise.all(stops.map((stop) => stop())).then(() => undefined);
  // A provider that does not answer keeps nobody here: what was not settled is tried again when its lease ends.
  return () => within(seconds(3), stopped(), () => undefined);
}
