import type { Said } from '../../proving/dialogue.ts';
import type { Gate } from '../../proving/gate.ts';
import type { Way } from '../../proving/heard.ts';
import type { Language } from '../../ui/language.ts';
import { type Attribute, codes, mostInOne, type Packet, types } from './packet.ts';
import { words } from './words.ts';

/** An answer before it is sealed. */
export type Answer = Pick<Packet, 'code' | 'attributes'>;

/** As what it is counted. */
export const outcomes: Readonly<Record<number, string>> = {
  [codes.accessAccept]: 'accepted',
  [codes.accessReject]: 'rejected',
  [codes.accessChallenge]: 'challenged',
};

const attribute = (type: number, text: string): Attribute => ({ type, value: cut(Buffer.from(text)) });

/** As much as one attribute holds, and no part of a character. */
function cut(bytes: Buffer): Buffer {
  if (bytes.length <= mostInOne) return bytes;
  let end = mostInOne;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

export const reject = (line: string | null): Answer => ({
  code: codes.accessReject,
  attributes: line === null ? [] : [attribute(types.replyMessage, line)],
});

/** What was said, as a packet tells it. Of what was weighed and is wrong it tells no more. */
export function answerOf(said: Said, gate: Gate, language: Language): Answer {
  switch (said.is) {
    case 'yes':
      return { code: codes.accessAccept, attributes: [attribute(types.userName, said.account.username)] };
    case 'no':
      return reject(whyNot(said, gate, language));
    case 'more':
      return {
        code: codes.accessChallenge,
        attributes: [
          { type: types.state, value: Buffer.from(said.secret) },
          attribute(types.replyMessage, askedFor(said, gate, language)),
        ],
      };
  }
}

function whyNot({ because, help }: Said & { is: 'no' }, { publicUrl }: Gate, language: Language): string | null {
  if (because === 'wrong') return null;
  if (because === 'elsewhere') return help ?? words[language].elsewhere(publicUrl.host);
  return help ?? words[language][because];
}

function askedFor({ way, others, because }: Said & { is: 'more' }, { methods }: Gate, language: Language): string {
  const say = words[language];
  const called = ({ method }: Way) => methods.get(method)?.words[language].name ?? method;
  const again = because === 'waiting' || because === 'malformed' ? `${say[because]} ` : '';
  const was = again === '' && because !== null ? failed[way.kind] : way.kind;
  const ways = others.map((other, at) => `${at + 1} ${called(other)}`).join(say.or);
  return `${again}${say[was](called(way))}${ways === '' ? '' : ` ${say.instead(ways)}`}`;
}

/** What is said where it could not be sent. */
const failed = { code: 'code', sent: 'notSent', push: 'notPushed' } as const;
