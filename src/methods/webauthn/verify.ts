import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import { once } from '../../kernel/once.ts';
import type { Key, NewKey } from './store.ts';

/** Read when the first key is asked: most of it is for makers' certificates. */
const library = once(async () => {
  const [ceremonies, helpers] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ]);
  // Whom we trust is decided in trust.ts, from metadata that was handed in, without asking anybody by network.
  for (const identifier of ['apple', 'android-key', 'android-safetynet'] as const)
    ceremonies.SettingsService.setRootCertificates({ identifier, certificates: [] });
  return { ...ceremonies, ...helpers };
});

const bytes = z.string().regex(/^[\w-]+$/);
const common = {
  // 1023 bytes (WebAuthn 3, 7.1, step 24)
  id: bytes.max(1364),
  rawId: bytes.max(1364),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).nullish().catch(null),
};
const registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .catch([]),
  }),
  clientExtensionResults: z
    .object({ credProps: z.object({ rk: z.boolean().optional() }).optional().catch(undefined) })
    .catch({}),
});
const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.string().nullish(),
  }),
  clientExtensionResults: z.object({ appid: z.boolean().optional().catch(undefined) }).catch({}),
});
export type RegistrationAnswer = z.output<typeof registration>;
export type AssertionAnswer = z.output<typeof assertion>;

/** @param text what the browser made of the key's answer (WebAuthn 3, 5.1: toJSON); null when it is no such thing */
export const readRegistration = (text: string): RegistrationAnswer | null => read(registration, text);
export const readAssertion = (text: string): AssertionAnswer | null => read(assertion, text);

function read<Answer>(shape: z.ZodType<Answer>, text: string): Answer | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What an answer has to be made for. */
export interface Expected {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  readonly mustVerify: boolean;
}

/** A key as it presents itself, with the certificates it shows, if it does. */
export interface Presented {
  readonly key: Omit<NewKey, 'hardware' | 'beside' | 'madeIn'>;
  readonly certificates: readonly Uint8Array[];
}

/**
 * What it is refused for, unless it holds in every part (WebAuthn 3, 7.1); somebody has to be there unless the browser made it by
 * itself (step 15). Whether we take such a key is another question.
 */
export async function presentedBy(
  answer: RegistrationAnswer,
  expected: Expected & { readonly mayBeAbsent?: boolean },
  algorithms: number[],
): Promise<Presented | 'wrong' | 'refused-before'> {
  const { verifyRegistrationResponse, decodeAttestationObject } = await library();
  try {
    const { clientDataJSON, attestationObject } = answer.response;
    if (isFramed(clientDataJSON)) return 'wrong';
    const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    if (!formats.has(attestation.get('fmt'))) return 'refused-before';
    const certificates = attestation.get('attStmt').get('x5c') ?? [];
    const { verified, registrationInfo: info } = await verifyRegistrationResponse({
      response: answer as RegistrationResponseJSON,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      requireUserPresence: expected.mayBeAbsent !== true,
      requireUserVerification: expected.mustVerify,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified || info.credential.id !== answer.id || answer.id.length > 1364) return 'wrong';
    const key = {
      kind: 'webauthn' as const,
      credentialId: info.credential.id,
      publicKey: Buffer.from(info.credential.publicKey),
      rpId: expected.rpId,
      signCount: info.credential.counter,
      verifies: info.userVerified,
      synced: info.credentialDeviceType === 'multiDevice',
      backedUp: info.credentialBackedUp,
      aaguid: info.aaguid,
      attachment: answer.authenticatorAttachment ?? null,
      transports: answer.response.transports,
      resident: answer.clientExtensionResults.credProps?.rk ?? null,
      attestation: attestationObject,
    };
    return { key, certificates };
  } catch {
    return 'wrong';
  }
}

/**
 * The formats that are read. Android's are not: to weigh them, the library calls addresses that stand in certificates
 * anybody may have written, and Android shows them no more since its keys are synced.
 */
const formats: ReadonlySet<string> = new Set(['none', 'packed', 'fido-u2f', 'tpm', 'apple']);

/** What a key said with its signature. */
export interface Signed {
  readonly verified: boolean;
  readonly signCount: number;
  readonly backedUp: boolean;
}

/** Null unless it holds in every part and is signed by that key (WebAuthn 3, 7.2). Its count is not weighed here. */
export async function signedBy(key: Key, answer: AssertionAnswer, expected: Expected): Promise<Signed | null> {
  const { verifyAuthenticationResponse } = await library();
  // Only a key of those days may answer for the old address, and only when the browser says that it did (10.1.1).
  const legacy = key.kind === 'u2f' && answer.clientExtensionResults.appid === true;
  try {
    if (isFramed(answer.response.clientDataJSON)) return null;
    const { verified, authenticationInfo: info } = await verifyAuthenticationResponse({
      response: answer as AuthenticationResponseJSON,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: legacy ? key.rpId : expected.rpId,
      requireUserVerification: expected.mustVerify,
      // The library weighs the count before the signature; with none to compare it leaves that to us.
      credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: 0 },
    });
    const synced = info.credentialDeviceType === 'multiDevice';
    if (!verified || synced !== key.synced) return null;
    return { verified: info.userVerified, signCount: info.newCounter, backedUp: info.credentialBackedUp };
  } catch {
    return null;
  }
}

/** WebAuthn 3, 5.8.1: made inside another's page. We are never framed, so it is none of ours. */
function isFramed(clientDataJSON: string): boolean {
  const { crossOrigin, topOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as {
    crossOrigin?: unknown;
    topOrigin?: unknown;
  };
  return (crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined;
}
