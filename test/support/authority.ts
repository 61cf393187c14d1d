import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority of the test's own, and what it signed for this machine. */
export interface Authority {
  /** PEM files: what one has to believe, and what a server of this machine shows. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  readonly pem: { readonly cert: string; readonly key: string };
}

/** Made by the `openssl` of the system: `localhost` and 127.0.0.1, for a day. */
export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-ca-'));
  const file = (name: string) => join(folder, name);
  const openssl = (...args: readonly string[]) => execFileSync('openssl', [...args], { cwd: folder, stdio: 'pipe' });
  const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  openssl(...fresh, '-subj', '/CN=Authority of a test', '-keyout', 'ca.key', '-out', 'ca.pem');
  const leaf = [
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-addext',
    'basicConstraints=critical,CA:FALSE',
  ];
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key'];
  openssl(...fresh, ...signer, ...leaf, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.pem');
  const pem = { cert: readFileSync(file('server.pem'), 'utf8'), key: readFileSync(file('server.key'), 'utf8') };
  return { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key'), pem };
}

/** The public key of a certificate as Chromium names it: SHA-256 of its SubjectPublicKeyInfo, in base64. */
export function fingerprintOf({ pem }: Authority): string {
  const { publicKey } = new X509Certificate(pem.cert);
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}
