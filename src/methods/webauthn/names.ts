import { type InEveryLanguage, inEveryLanguage } from '../../ui/language.ts';

/**
 * What makers call their models, by AAGUID: facts from the makers' own pages and the FIDO Metadata Service, as known in
 * 2026. Only to give a key a name: anybody can claim one, so nothing is decided by it.
 */
const models: Readonly<Record<string, string>> = {
  '08987058-cadc-4b81-b6e1-30de50dcbe96': 'Windows Hello',
  '6028b017-b1d4-4c02-b4b3-afcdafc96bb2': 'Windows Hello',
  '9ddd1817-af5a-4672-a2b9-3e3dd95000a9': 'Windows Hello',
  'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4': 'Google Password Manager',
  'adce0002-35bc-c60a-648b-0b25f1f05503': 'Chrome on Mac',
  'fbfc3007-154e-4ecc-8c0b-6e020557d7bd': 'iCloud Keychain',
  'dd4ec289-e01d-41c9-bb89-70fa845d4bf2': 'iCloud Keychain',
  '53414d53-554e-4700-0000-000000000000': 'Samsung Pass',
  'bada5566-a7aa-401f-bd96-45619a55120d': '1Password',
  'd548826e-79b4-db40-a3d8-11116f7e8349': 'Bitwarden',
  '531126d6-e717-415c-9320-3d9aa6981239': 'Dashlane',
  'fdb141b2-5d84-443e-8a35-4698c205a502': 'KeePassXC',
  'cb69481e-8ff7-4039-93ec-0a2729a154a8': 'YubiKey 5',
  'ee882879-721c-4913-9775-3dfcce97072a': 'YubiKey 5',
  'fa2b99dc-9e39-4257-8f92-4a30d23c4118': 'YubiKey 5 NFC',
  '2fc0579f-8113-47ea-b116-bb5a8db9202a': 'YubiKey 5 NFC',
  'c5ef55ff-ad9a-4b9f-b580-adebafe026d0': 'YubiKey 5Ci',
  'c1f9a0bc-1dd2-404a-b27f-8e29047a43fd': 'YubiKey 5 NFC FIPS',
  '73bb0cd4-e502-49b8-9c6f-b59445bf720b': 'YubiKey 5 FIPS',
};

export const nameOf = (aaguid: string): string | null => models[aaguid] ?? null;

const notes = inEveryLanguage({
  en: { synced: 'Synced', device: 'This device only', key: 'This key only' },
  de: { synced: 'Synchronisiert', device: 'Nur dieses Gerät', key: 'Nur dieser Schlüssel' },
});

/** Where it is: on many devices, in the one it was made on, or in a key that is carried along. */
export function noteOf(synced: boolean, attachment: string | null): InEveryLanguage<string> {
  const where = synced ? 'synced' : attachment === 'platform' ? 'device' : 'key';
  return { en: notes.en[where], de: notes.de[where] };
}
