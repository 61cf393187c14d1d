import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Ceremony } from './rules.ts';
import { algorithms, type Device, type WebauthnSettings } from './settings.ts';
import type { Key } from './store.ts';

/** Who asks, what was asked, and how long an answer is waited for, in milliseconds. */
interface Asked {
  readonly settings: WebauthnSettings;
  readonly rpId: string;
  readonly ceremony: Ceremony;
  readonly timeout: number;
}

/** How a browser is told which kind is meant: by name, and as older ones understand it (WebAuthn 3, 5.8.7). */
const attachmentOf = { 'this-device': 'platform', 'security-key': 'cross-platform' } as const;
const hintOf = { 'this-device': 'client-device', 'security-key': 'security-key' } as const;

/** Is a key of the kind that was asked for? One that does not say may be either, where both are taken. */
export const isOfKind = (device: Device, attachment: string | null, taken: readonly Device[]): boolean =>
  attachment === null ? taken.length > 1 : attachment === attachmentOf[device];

/** What the options need to know of a key. */
type Named = Pick<Key, 'credentialId' | 'transports' | 'attachment' | 'kind' | 'rpId'>;

const deviceOf = ({ attachment }: Named): Device => (attachment === 'platform' ? 'this-device' : 'security-key');

export const devicesOf = (keys: readonly Named[]): readonly Device[] => [...new Set(keys.map(deviceOf))];

const descriptor = ({ credentialId, transports }: Named) => ({
  id: credentialId,
  type: 'public-key' as const,
  ...(transports.length > 0 && { transports: [...transports] as AuthenticatorTransport[] }),
});

/** The old address that keys of the U2F days were made for. */
const appIdOf = (keys: readonly Named[]): string | undefined => keys.find(({ kind }) => kind === 'u2f')?.rpId;

/** What every key is told that is to be made: for whom, and which are there already. */
const forNew = ({ settings, rpId, ceremony, timeout }: Asked, name: string, keys: readonly Named[]) => ({
  rp: { id: rpId, name: settings.name },
  user: { id: ceremony.userHandle, name, displayName: name },
  challenge: ceremony.challenge,
  pubKeyCredParams: settings.algorithms.map((alg) => ({ alg: algorithms[alg], type: 'public-key' as const })),
  timeout,
  excludeCredentials: keys.map(descriptor),
  attestation: settings.attestation,
});

/** What `navigator.credentials.create` is called with, for each kind that may be set up. */
export const creationOptions = (
  asked: Asked,
  name: string,
  keys: readonly Named[],
): Partial<Record<Device, PublicKeyCredentialCreationOptionsJSON>> =>
  Object.fromEntries(
    asked.settings.devices.map((device) => [
      device,
      {
        ...forNew(asked, name, keys),
        authenticatorSelection: {
          authenticatorAttachment: attachmentOf[device],
          // What is built in keeps it anyway; a key to carry has room for few.
          residentKey: device === 'this-device' ? 'preferred' : 'discouraged',
          userVerification: asked.ceremony.userVerification,
        },
        hints: [hintOf[device]],
        extensions: { credProps: true, ...(appIdOf(keys) !== undefined && { appidExclude: appIdOf(keys) }) },
      },
    ]),
  );

/** For a passkey: kept by whatever this device keeps them in, and found again without a name (WebAuthn 3, 5.4.4). */
export const passkeyOptions = (
  asked: Asked,
  name: string,
  keys: readonly Named[],
): PublicKeyCredentialCreationOptionsJSON => ({
  ...forNew(asked, name, keys),
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  hints: [hintOf['this-device']],
  extensions: { credProps: true },
});

/** For whoever has not said who they are: any passkey of this place, which then says whose it is. */
export const namelessOptions = ({ rpId, ceremony, timeout }: Asked): PublicKeyCredentialRequestOptionsJSON => ({
  challenge: ceremony.challenge,
  rpId,
  timeout,
  allowCredentials: [],
  userVerification: ceremony.userVerification,
});

/** What `navigator.credentials.get` is called with: for any key of theirs, and for either kind where they have both. */
export function requestOptions(
  { rpId, ceremony, timeout }: Asked,
  keys: readonly Named[],
): Partial<Record<Device | 'any', PublicKeyCredentialRequestOptionsJSON>> {
  const kinds = devicesOf(keys);
  const optionsFor = (some: readonly Named[], hints: readonly Device[]): PublicKeyCredentialRequestOptionsJSON => ({
    challenge: ceremony.challenge,
    rpId,
    timeout,
    allowCredentials: some.map(descriptor),
    userVerification: ceremony.userVerification,
    hints: hints.map((device) => hintOf[device]),
    ...(appIdOf(some) !== undefined && { extensions: { appid: appIdOf(some) ?? '' } }),
  });
  const each = kinds.map((kind) => [
    kind,
    optionsFor(
      keys.filter((key) => deviceOf(key) === kind),
      [kind],
    ),
  ]);
  return { any: optionsFor(keys, kinds.length === 1 ? kinds : []), ...(kinds.length > 1 && Object.fromEntries(each)) };
}
