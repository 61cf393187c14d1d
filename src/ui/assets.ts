import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface Asset {
  readonly body: string;
  readonly type: string;
}

/** The files a browser loads, each under an address that names its content, so that it may be kept for ever. */
export interface Assets {
  href(name: string): string;
  find(addressed: string): Asset | null;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * @param folder `dist/assets`, as the build left it
 * @param more what is made at the start, by name
 */
export function loadAssets(folder: string, more: Readonly<Record<string, string>> = {}): Assets {
  const addresses = new Map<string, string>();
  const files = new Map<string, Asset>();
  const built = readdirSync(folder).map((name) => [name, () => readFileSync(join(folder, name), 'utf8')] as const);
  const made = Object.entries(more).map(([name, body]) => [name, () => body] as const);
  for (const [name, read] of [...built, ...made]) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const body = read();
    const print = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    addresses.set(name, `/assets/${print}-${name}`);
    files.set(`${print}-${name}`, { body, type });
  }
  return {
    href(name) {
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`the build left no ${name}`);
      return address;
    },
    find: (addressed) => files.get(addressed) ?? null,
  };
}
