import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';

interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

export const readTls = ({ certificate, key }: TlsFiles): { cert: Buffer; key: Buffer } => ({
  cert: readFileSync(certificate),
  key: readFileSync(key),
});

/** For whom a certificate is, and until when: milliseconds since 1970. @throws where the file holds none */
export function certificateIn(path: string): { readonly names: string; readonly until: number } {
  const { subjectAltName = '', subject, validToDate } = new X509Certificate(readFileSync(path));
  return { names: subjectAltName.replaceAll(/(DNS|IP Address):/g, '') || subject, until: validToDate.getTime() };
}

const stamp = ({ certificate, key }: TlsFiles): string =>
  [certificate, key].map((path) => `${statSync(path).mtimeMs} ${statSync(path).ino}`).join(' ');

/**
 * Looks whether the files are others than last time and takes the new ones into use: lines that are open keep theirs. A
 * pair that does not fit, half of it written, leaves the old one in place until the next look.
 * @returns the look; true when new ones were taken
 */
export function watchTls(server: Pick<Server, 'setSecureContext'>, files: TlsFiles): () => boolean {
  let seen = stamp(files);
  return () => {
    const now = stamp(files);
    if (now === seen) return false;
    server.setSecureContext(readTls(files));
    seen = now;
    return true;
  };
}
