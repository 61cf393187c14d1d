import { type KeyObject, verify, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Clock, dateOf, type Instant } from '../../kernel/clock.ts';
import { isOfKind } from './options.ts';
import type { Device, WebauthnSettings } from './settings.ts';
import type { Presented } from './verify.ts';

/** What is known of a model. */
export interface Model {
  readonly roots: readonly X509Certificate[];
  /** The key lives where it cannot be copied from. */
  readonly hardware: boolean;
  /** Whoever looks after it says it can no longer be relied on. */
  readonly compromised: boolean;
}

/** By AAGUID. */
export type Metadata = ReadonlyMap<string, Model>;

/** FIDO Metadata Statement 3; only what is used. */
const statement = z.object({
  aaguid: z.uuid().toLowerCase().optional(),
  attestationRootCertificates: z.array(z.string()).default([]),
  keyProtection: z.array(z.string()).default([]),
});
const entry = z.object({
  aaguid: z.uuid().toLowerCase().optional(),
  metadataStatement: statement.optional(),
  statusReports: z.array(z.object({ status: z.string() })).default([]),
});
const blob = z.object({ no: z.int(), entries: z.array(entry) });

/** FIDO Metadata Service 3, 3.1.4: what makes a model unfit, whatever it was certified for before. */
const unfit = new Set([
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
  'REVOKED',
]);
const protectedBy = new Set(['hardware', 'secure_element', 'tee']);

/** @throws when the file is no metadata, or a BLOB that nobody we know has signed, or one of before */
export function readMetadata(settings: WebauthnSettings, clock: Clock): Metadata {
  if (settings.metadataFile === undefined) return new Map();
  const text = readFileSync(settings.metadataFile, 'utf8').trim();
  const entries = text.startsWith('[')
    ? z
        .array(statement)
        .parse(JSON.parse(text))
        .map((one) => ({ metadataStatement: one, statusReports: [] }))
    : entriesOf(text, settings, clock.now());
  return new Map(entries.flatMap(modelIn));
}

function entriesOf(jws: string, { metadataRoots, metadataNumber }: WebauthnSettings, now: Instant) {
  const roots = metadataRoots === undefined ? [] : certificatesIn(readFileSync(metadataRoots, 'utf8'));
  const { no, entries } = blob.parse(signedPayload(jws, roots, now));
  // FIDO Metadata Service 3, 3.1.7: an older one may come from somebody who wants a report forgotten.
  if (no < metadataNumber) throw new Error(`the metadata BLOB is number ${no}, older than ${metadataNumber}`);
  return entries;
}

function modelIn({ metadataStatement, statusReports, aaguid }: z.output<typeof entry>): [string, Model][] {
  const id = aaguid ?? metadataStatement?.aaguid;
  if (id === undefined || metadataStatement === undefined) return [];
  const { attestationRootCertificates, keyProtection } = metadataStatement;
  const model = {
    roots: attestationRootCertificates.map((one) => new X509Certificate(Buffer.from(one, 'base64'))),
    hardware: keyProtection.some((kind) => protectedBy.has(kind)),
    compromised: statusReports.some(({ status }) => unfit.has(status)),
  };
  return [[id, model]];
}

/**
 * What a key that presents itself is taken for. `vouched`: its maker says, with a certificate we can follow, that it is
 * hardware. A certificate that leads nowhere though the model is known is a forgery.
 */
export function judge(
  settings: WebauthnSettings,
  metadata: Metadata,
  { key, certificates }: Presented,
  { device, now }: { readonly device: Device | 'passkey'; readonly now: Instant },
): 'vouched' | 'taken' | 'refused' {
  const model = metadata.get(key.aaguid);
  const isMeant = device === 'passkey' || isOfKind(device, key.attachment, settings.devices);
  if (!isMeant || settings.deny.includes(key.aaguid) || model?.compromised) return 'refused';
  const known = model !== undefined && settings.attestation === 'direct' && certificates.length > 0;
  const vouched = known && leadsTo(model.roots, certificates, now);
  if (known && !vouched) return 'refused';
  if (settings.allow !== undefined && !(vouched && settings.allow.includes(key.aaguid))) return 'refused';
  return vouched && model.hardware ? 'vouched' : 'taken';
}

/**
 * Do these certificates lead to one that the metadata names? A root they bring along themselves is worth nothing. That
 * one of them was revoked is not looked up: whoever shows a certificate would choose whom we call.
 */
function leadsTo(roots: readonly X509Certificate[], shown: readonly Uint8Array[], now: Instant): boolean {
  let path: X509Certificate[];
  try {
    path = shown.slice(0, longest).map((one) => new X509Certificate(one));
  } catch {
    return false;
  }
  for (const [index, certificate] of path.entries()) {
    if (!isValid(certificate, now) || (index > 0 && !certificate.ca)) return false;
    const anchor = roots.find((root) => root.fingerprint256 === certificate.fingerprint256 || isBy(certificate, root));
    if (anchor !== undefined) return isValid(anchor, now);
    const next = path[index + 1];
    if (next === undefined || !isBy(certificate, next)) return false;
  }
  return false;
}

/** More certificates than this nobody needs. */
const longest = 6;

const isBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

const isValid = ({ validFromDate, validToDate }: X509Certificate, now: Instant): boolean =>
  validFromDate <= dateOf(now) && dateOf(now) <= validToDate;

const certificatesIn = (pem: string): readonly X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  );

const jwsHeader = z.object({ alg: z.enum(['RS256', 'ES256']), x5c: z.array(z.string()).min(1) });

/** What a JWS says (RFC 7515), signed under one of our roots. */
function signedPayload(jws: string, roots: readonly X509Certificate[], now: Instant): unknown {
  const [head = '', body = '', signature = ''] = jws.split('.');
  const { alg, x5c } = jwsHeader.parse(JSON.parse(Buffer.from(head, 'base64url').toString()));
  const shown = x5c.map((one) => Buffer.from(one, 'base64'));
  if (!shown.every((one) => isValid(new X509Certificate(one), now)))
    throw new Error('a certificate of the metadata BLOB has expired, or is not valid yet');
  if (!leadsTo(roots, shown, now))
    throw new Error('the metadata BLOB is not signed under a certificate of metadataRoots');
  const key = new X509Certificate(shown[0] ?? '').publicKey;
  if (!isSigned(alg, `${head}.${body}`, key, Buffer.from(signature, 'base64url')))
    throw new Error('the signature of the metadata BLOB is wrong');
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

const isSigned = (alg: 'RS256' | 'ES256', text: string, key: KeyObject, signature: Buffer): boolean =>
  key.asymmetricKeyType === (alg === 'RS256' ? 'rsa' : 'ec') &&
  verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, signature);
