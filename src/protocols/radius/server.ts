import { secretOf } from '../../config/secret.ts';
import type { House } from '../../house.ts';
import { minutes } from '../../kernel/clock.ts';
import { insideAny, isAddress } from '../../kernel/networks.ts';
import type { Telling } from '../../kernel/telling.ts';
import { answer, ask, type Said } from '../../proving/dialogue.ts';
import type { Asker } from '../../proving/heard.ts';
import { ping } from '../../store/database.ts';
import { type Answer, answerOf, outcomes, reject } from './answers.ts';
import { codes, head, longest, type Packet, readPacket } from './packet.ts';
import { type Asked, proxyStates, readRequest } from './request.ts';
import { isSealed, writeAnswer } from './seals.ts';
import type { RadiusClient } from './settings.ts';
import { claim, nameOf, release, saveAnswer } from './store.ts';
import { words } from './words.ts';

/** Answers datagrams, and most of what may come by not answering (`docs/adr/0051`). */
export interface Radius {
  /** @returns null: nothing is answered */
  answer(datagram: Buffer, from: string): Promise<Buffer | null>;
}

/** Requests of one client that are weighed at once; it asks again about what is more (RFC 5080, 2.2.1). */
const mostAtOnce = 64;

interface Client extends Omit<RadiusClient, 'secret' | 'secretFile'> {
  readonly secret: string;
}

/** @throws where a secret cannot be read */
export function openRadius({ gate }: Pick<House, 'gate'>, clients: readonly RadiusClient[], log: Telling): Radius {
  const known = clients.map(({ secret, secretFile, ...rest }): Client => {
    const shared = secretOf(secret, secretFile);
    if (shared === undefined) throw new Error(`radius.clients: ${rest.id} has no secret`);
    return { ...rest, secret: shared };
  });
  const count = (outcome: string, { id }: Pick<Client, 'id'>) => gate.tally.count(`radius.${outcome}`, id);
  const underWay = new Map<string, number>();
  const told = new Map<string, number>();

  /** A secret that does not fit is a mistake somebody should hear of, and packets of strangers are no news. */
  function tell({ id }: Client): void {
    const now = gate.clock.now();
    if (now - (told.get(id) ?? Number.NEGATIVE_INFINITY) < minutes(1)) return;
    told.set(id, now);
    log.warn({ client: id }, 'RADIUS: dropped what is without a Message-Authenticator that fits the secret');
  }

  async function answerIn(datagram: Buffer, packet: Packet, client: Client): Promise<Buffer | null> {
    const request = nameOf(gate, client.id, datagram);
    const claimed = await claim(gate, request);
    if (claimed !== 'mine') {
      count('repeated', client);
      return claimed;
    }
    try {
      const answered = await weigh(packet, client);
      if (answered === null) return null;
      count(outcomes[answered.code] ?? 'dropped', client);
      const bytes = written(packet, answered, client);
      await gate.database.transaction((tx) => saveAnswer(tx, gate, request, bytes));
      return bytes;
    } catch (failure) {
      // Silence is no yes, and whoever asks again is answered once we can.
      await gate.database.transaction((tx) => release(tx, request)).catch(() => undefined);
      throw failure;
    }
  }

  async function weigh(packet: Packet, client: Client): Promise<Answer | null> {
    const asked = readRequest(packet, client.secret);
    if (asked === null) return null;
    if (asked === 'not-pap') return reject(words[client.language].onlyPap);
    return answerOf(await saidTo(asked, client), gate, client.language);
  }

  function saidTo({ name, typed, state, from }: Asked, client: Client): Promise<Said> | Said {
    const asker = askerOf(client, from);
    if (state !== null) return answer(gate, asker, { secret: state, name, text: typed });
    const { password, code } = split(typed, client);
    // Nobody's password is nothing: no directory is asked whether it is.
    if (password === '') return { is: 'no', because: 'wrong', help: null };
    return ask(gate, asker, { name, password, code });
  }

  /** What is of somebody who holds the secret; null for all the rest, without a word. */
  function opened(datagram: Buffer, client: Client): Packet | null {
    const packet = readPacket(datagram);
    if (packet === null || !isSealed(packet, client.secret)) {
      count('dropped', client);
      tell(client);
      return null;
    }
    return packet;
  }

  /** Is anybody there (RFC 5997)? Whose database is gone, is not. */
  const whetherAlive = async (packet: Packet, client: Client): Promise<Buffer | null> =>
    (await ping(gate.database).then(yes, no)) ? written(packet, alive, client) : null;

  /** One client keeps others waiting by no more than this. */
  async function inTurn(client: Client, work: () => Promise<Buffer | null>): Promise<Buffer | null> {
    const before = underWay.get(client.id) ?? 0;
    if (before >= mostAtOnce) {
      count('dropped', client);
      return null;
    }
    underWay.set(client.id, before + 1);
    return work().finally(() => underWay.set(client.id, (underWay.get(client.id) ?? 1) - 1));
  }

  return {
    async answer(datagram, from) {
      const client = known.find(({ networks }) => insideAny(networks, from));
      const packet = client === undefined ? null : opened(datagram, client);
      if (client === undefined || packet === null) return null;
      if (packet.code === codes.statusServer) return inTurn(client, () => whetherAlive(packet, client));
      if (packet.code === codes.accessRequest)
        return inTurn(client, () => answerIn(datagram.subarray(0, lengthOf(datagram)), packet, client));
      count('dropped', client);
      return null;
    },
  };
}

const yes = () => true;
const no = () => false;
const alive: Answer = { code: codes.accessAccept, attributes: [] };

/** What it says itself: what stands behind it is not of the request. */
const lengthOf = (datagram: Buffer): number => Math.min(Math.max(datagram.readUInt16BE(2), head), longest);

const written = (request: Packet, { code, attributes }: Answer, { secret }: Client): Buffer =>
  writeAnswer(request, { code, attributes: [...attributes, ...proxyStates(request)] }, secret);

/** Where nobody tells from where somebody comes, they come from anywhere: never from where the one who asks stands. */
function askerOf({ id, name, application = id, tellsAddress, language }: Client, from: string | null): Asker {
  const asker = `radius:${id}`;
  const address = tellsAddress && from !== null && isAddress(from) ? from : asker;
  return { name: asker, application: { id: application, name }, address, language };
}

/** The password, and the code that is typed behind it where one field takes both; a comma between them is left out. */
function split(typed: string, { code: as, codeDigits }: Client): { password: string; code: string | null } {
  const found = as === 'appended' ? new RegExp(`^(.+?),?(\\d{${codeDigits}})$`, 's').exec(typed) : null;
  return { password: found?.[1] ?? typed, code: found?.[2] ?? null };
}
