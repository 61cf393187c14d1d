import type { Plugin } from '../../core/plugins/settings.ts';
import type { Answer } from '../../http/route.ts';
import { inSeconds } from '../../kernel/clock.ts';
import type { Gate } from '../../proving/gate.ts';
import type { Way } from '../../proving/heard.ts';
import { words } from './words.ts';

/** What is said, in the shapes that plugins read (privacyIDEA's documentation of `/validate`). */

type Detail = Readonly<Record<string, unknown>>;

const envelope = ({ clock }: Gate, result: Detail, detail: Detail | null): Answer => ({
  is: 'json',
  body: {
    id: 1,
    jsonrpc: '2.0',
    ...(detail !== null && { detail }),
    result,
    time: inSeconds(clock.now()),
    version: 'Sallyport',
  },
  headers: { 'cache-control': 'no-store' },
});

export const accepted = (gate: Gate, { language }: Plugin): Answer =>
  envelope(gate, { authentication: 'ACCEPT', status: true, value: true }, { message: words[language].accepted });

export const rejected = (gate: Gate, message: string): Answer =>
  envelope(gate, { authentication: 'REJECT', status: true, value: false }, { message });

/** What somebody is asked for, each kind as plugins know it: one sign-in, whichever of them is answered. */
export function challenged(
  gate: Gate,
  { language }: Plugin,
  { secret, ways, value }: { readonly secret: string; readonly ways: readonly Way[]; readonly value: boolean | number },
): Answer {
  const challenges = ways.map((way) => ({
    client_mode: way.kind === 'push' ? 'poll' : 'interactive',
    message: words[language][way.kind](gate.methods.get(way.method)?.words[language].name ?? way.method),
    serial: serialOf(way),
    transaction_id: secret,
    type: typeOf(gate, way),
    attributes: null,
    image: '',
  }));
  const messages = challenges.map(({ message }) => message);
  const [first] = challenges;
  return envelope(
    gate,
    { authentication: 'CHALLENGE', status: true, value },
    {
      ...(first !== undefined && { serial: first.serial, type: first.type, preferred_client_mode: first.client_mode }),
      message: messages.join(', '),
      messages,
      multi_challenge: challenges,
      transaction_id: secret,
      transaction_ids: challenges.map(() => secret),
    },
  );
}

/** Nothing was triggered for them, as for nobody. */
export const nothingTriggered = (gate: Gate, message: string): Answer =>
  envelope(gate, { status: true, value: 0 }, { message, messages: [], multi_challenge: [], transaction_ids: [] });

export const polled = (gate: Gate, came: 'accepted' | 'waiting' | 'declined' | null): Answer =>
  envelope(
    gate,
    { authentication: came === 'accepted' ? 'ACCEPT' : 'CHALLENGE', status: true, value: came === 'accepted' },
    { challenge_status: came === 'accepted' ? 'accept' : came === 'waiting' ? 'pending' : 'declined' },
  );

/** Shaped as the tokens that plugins take apart to see when one is over; what opens is its last part alone. */
export function tokenGiven(
  gate: Gate,
  { name, secret, expiresAt }: { name: string; secret: string; expiresAt: number },
): Answer {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = `${part({ typ: 'JWT', alg: 'none' })}.${part({ username: name, role: 'admin', exp: inSeconds(expiresAt) })}.${secret}`;
  return envelope(
    gate,
    { status: true, value: { token, username: name, realm: '', role: 'admin', rights: ['triggerchallenge'] } },
    null,
  );
}

export const failed = (status: number, code: number, message: string): Answer => ({
  is: 'json',
  status,
  body: { id: 1, jsonrpc: '2.0', result: { status: false, error: { code, message } }, version: 'Sallyport' },
  headers: { 'cache-control': 'no-store' },
});

const serialOf = ({ method }: Way): string => method.toUpperCase();

function typeOf({ methods }: Gate, { method, kind }: Way): string {
  if (kind === 'push') return 'push';
  if (kind === 'code') return 'totp';
  return methods.get(method)?.reliesOn === 'mail' ? 'email' : 'sms';
}
