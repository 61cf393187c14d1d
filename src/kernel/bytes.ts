import { timingSafeEqual } from 'node:crypto';

/** Equal, in a time that does not tell where they differ. Lengths may be told. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
