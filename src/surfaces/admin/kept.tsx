import type { Person } from '../../core/accounts/people.ts';
import { findAccount } from '../../core/accounts/store.ts';
import { type Entry, listEntries } from '../../core/audit/store.ts';
import { words as eventWords } from '../../core/audit/words.ts';
import { listOptIns } from '../../core/browsers/passwordless.ts';
import { listDevices } from '../../core/browsers/remembered.ts';
import { mayDo } from '../../core/roles/roles.ts';
import { findKept } from '../../core/scim/users.ts';
import { listSessions } from '../../core/sessions/store.ts';
import { calledOf, type House } from '../../house.ts';
import type { Asked } from '../../http/route.ts';
import type { Instant } from '../../kernel/clock.ts';
import type { AccountId } from '../../methods/method.ts';
import { waysOf } from '../../proving/owned.ts';
import { Time } from '../../ui/time.tsx';
import { keptIn } from '../portal/browser.tsx';
import { devicesOf } from '../portal/devices.tsx';
import { hangingNote } from '../portal/hanging.tsx';
import type { Way } from '../portal/pages.tsx';
import { signedIn, toldOf } from '../portal/scene.ts';
import { seatsOf } from '../portal/seats.tsx';
import { sectionsOf, type Told } from '../portal/ways.tsx';
import { words } from './people-words.ts';
import type { Seen } from './person.tsx';
import type { Desk } from './scene.ts';

/** As many as somebody looks through. */
const shown = 20;

/** What is kept of somebody, read at once, as the rows of their page; it is theirs to change, not its reader's. */
export async function seenOf(house: House, asked: Asked, desk: Desk, person: Person): Promise<Seen> {
  const { gate } = house;
  const { read } = gate.database;
  const told = toldOf(house, asked);
  const policy = await gate.policy(read);
  const sessions = await listSessions(read, policy.sessions, person.id, told.now);
  return {
    person,
    hanging: await hangingNote(house, person, { language: told.language, on: 'others' }),
    isProvisioned: (await findKept(read, person.id)) !== null,
    ways: await waysTo(house, asked, desk, person),
    seats: seatsOf(sessions, signedIn(asked), told).map(({ id, agent, about }) => ({
      key: id,
      icon: 'screen',
      name: agent,
      about,
      acts: [],
    })),
    devices: devicesOf(await listDevices(read, person.id, told.now), told).map(untouched),
    browsers: keptIn(await listOptIns(read, person.id), null, told).map(untouched),
    happened: await happenedTo(house, person.id, told),
  };
}

const untouched = (way: Way): Way => ({ ...way, acts: [] });

/** What they have set up; beside the first of each kind, how it is taken from them. */
async function waysTo(house: House, asked: Asked, desk: Desk, person: Person): Promise<readonly Way[]> {
  const told = toldOf(house, asked);
  const say = words[told.language].person;
  const owned = [...(await waysOf(house.gate, person, asked.address))].filter(
    ([, credentials]) => credentials.length > 0,
  );
  const resets = mayDo(desk, 'reset', person);
  return owned.flatMap(([method, credentials]) =>
    sectionsOf(new Map([[method, credentials]]), told, true)
      .flatMap(({ ways }) => ways)
      .map((way, index): Way => {
        const to = `/admin/people/${person.id}/reset/${method.id}`;
        const isTaken = resets && index === 0 && method.role !== 'first';
        return { ...way, acts: isTaken ? [{ to, label: say.resetOne, kind: 'danger' }] : [] };
      }),
  );
}

/** Also what they are not told themselves: whoever reads this page may read the log too. */
async function happenedTo({ gate }: House, account: AccountId, told: Told): Promise<readonly Way[]> {
  const { read } = gate.database;
  const entries = await listEntries(read, account, shown);
  const actors = new Map<string, string>();
  for (const actor of new Set(entries.map(({ actor = account }) => actor))) {
    const other = actor === account ? null : await findAccount(read, actor as AccountId);
    if (actor !== account) actors.set(actor, other === null ? actor : calledOf(other));
  }
  return entries.map((entry, index) =>
    happened(entry, { key: String(index), by: actors.get(entry.actor ?? ''), told }),
  );
}

function happened(
  { event, at, address, detail }: Entry & { at: Instant },
  { key, by, told }: { key: string; by: string | undefined; told: Told },
): Way {
  const say = words[told.language].person;
  const { reason, ...rest } = detail;
  const parts = [
    by === undefined ? say.from(address) : say.by(by),
    ...Object.entries(rest).map(([name, value]) => `${name}: ${value}`),
    ...(reason === undefined ? [] : [`“${reason}”`]),
  ];
  const about = (
    <>
      <Time {...told} at={at} /> · {parts.join(' · ')}
    </>
  );
  return { key, icon: by === undefined ? 'person' : 'people', name: eventWords[told.language][event], about, acts: [] };
}
