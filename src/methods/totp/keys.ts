import { base32Of, type Pattern } from '../../otp/codes.ts';
import { seedIn } from '../../otp/seeds.ts';
import type { Key } from './rules.ts';

/** Shorter keys are guessed (RFC 4226, 4 R6); longer ones than any hash takes whole serve nothing. In bytes. */
const [fewest, most] = [16, 128];

/** A key as somebody typed it, in Base32 or hexadecimal; null when it is none, or too short to be safe. */
export function keyIn(typed: string, pattern: Pattern): Key | null {
  const bytes = seedIn(typed);
  const fits = bytes !== null && bytes.length >= fewest && bytes.length <= most;
  return fits ? { ...pattern, secret: base32Of(bytes) } : null;
}
