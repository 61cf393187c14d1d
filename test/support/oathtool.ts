import { execFileSync } from 'node:child_process';
import { type Pattern, usual } from '../../src/otp/codes.ts';
import { findProgram } from './programs.ts';
import type { Sallyport } from './sallyport.ts';

/** An authenticator that is not ours (OATH Toolkit), at the hour of the test's clock. @param secret Base32, or `hex:…` */
export function oathtool({ clock }: Pick<Sallyport, 'clock'>, secret: string, pattern: Pattern = usual): string {
  const program = findProgram('oathtool');
  if (program === undefined) throw new Error('No oathtool here: on Debian, `apt-get install oathtool`.');
  const { algorithm, digits, period } = pattern;
  const now = new Date(clock.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  const [hex] = secret.startsWith('hex:') ? [secret.slice(4)] : [null];
  const key = hex === null ? ['--base32', secret] : [hex];
  const how = [`--totp=${algorithm}`, `--digits=${digits}`, `--time-step-size=${period}s`, '--now', now];
  return execFileSync(program, [...how, ...key], { encoding: 'utf8' }).trim();
}
