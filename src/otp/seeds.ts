/** Lengths that only a secret in hexadecimal has: 20, 32 and 64 bytes. */
const hexLengths = new Set([40, 64, 128]);

/** A secret as makers print it: Base32 or hexadecimal, with or without spaces; null when it is neither. */
export function seedIn(text: string): Buffer | null {
  const tidy = text.replaceAll(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  const isHex = /^([0-9A-F]{2})+$/.test(tidy);
  const isBase32 = /^[A-Z2-7]+$/.test(tidy);
  if (isHex && (!isBase32 || hexLengths.has(tidy.length))) return Buffer.from(tidy, 'hex');
  return isBase32 ? bytesOfBase32(tidy) : null;
}

/** RFC 4648, 6: five bits a letter; what is left over is no byte. */
function bytesOfBase32(text: string): Buffer {
  const all: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = ((held << 5) | 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      all.push((held >> bits) & 0xff);
    }
  }
  return Buffer.from(all);
}
