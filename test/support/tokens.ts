import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deskOf } from '../../src/cli/host-commands.ts';
import type { Instant } from '../../src/kernel/clock.ts';
import { commands } from '../../src/methods/hardware-token/commands.ts';
import { codeOf, type Make } from '../../src/methods/hardware-token/rules.ts';
import { base32Of } from '../../src/otp/codes.ts';
import type { Sallyport } from './open.ts';

/** A token as its maker made it: no two have the same secret. */
export const tokenCalled = (serial: string, more: Partial<Make> = {}): Make => ({
  serial,
  kind: 'TOTP',
  algorithm: 'SHA1',
  digits: 6,
  secret: base32Of(Buffer.from(`made for ${serial}`.padEnd(20, '.'))),
  period: 30,
  counter: 0,
  drift: 0,
  ...more,
});

export const button = { kind: 'HOTP', period: 0 } as const;

export const shows = (token: Make, now: Instant, ahead = 0): string => codeOf(token, now, ahead);

/** What the maker sends along. @returns the file */
export function tableOf(folder: string, tokens: readonly Make[], more = ''): string {
  const lines = tokens.map(({ serial, secret, kind, digits, period }) => [serial, secret, kind, digits, period || '']);
  const file = join(folder, 'tokens.csv');
  writeFileSync(file, `serial,secret,type,digits,period\n${lines.map((cells) => cells.join()).join('\n')}\n${more}`);
  return file;
}

/** `sallyport tokens …`, on the database of this Sallyport. */
export async function tokens({ house }: Sallyport, verb: string, ...given: readonly string[]): Promise<void> {
  const command = commands.find(({ usage }) => usage.startsWith(`tokens ${verb} `));
  if (command === undefined) throw new Error(`there is no tokens ${verb}`);
  await command.run(deskOf(house.gate, 'hardware-token'), given, {});
}
