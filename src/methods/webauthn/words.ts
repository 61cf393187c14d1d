import { type InEveryLanguage, inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Security key or this device',
    hint: 'A key to plug in, or a fingerprint, face or PIN on this device',
    refused: {
      wrong: () => 'That didn’t work. Use the key or device you set up here, and try again.',
      unknown: () => 'This passkey is not known here any more. Delete it where it is kept, and come in another way.',
      malformed: () => 'Your browser has sent no answer of a key. Press the button and try again.',
      expired: () => 'This page was open for too long, or has been answered already. Try once more.',
      replayed: () => 'This one is already set up. To add another, take another key or device.',
      'refused-before': () => 'This key or device is not accepted here. Take another one, or another way.',
    },
  },
  de: {
    name: 'Sicherheitsschlüssel oder dieses Gerät',
    hint: 'Ein Schlüssel zum Einstecken, oder Finger, Gesicht oder PIN an diesem Gerät',
    refused: {
      wrong: () =>
        'Das hat nicht geklappt. Nehmen Sie den Schlüssel oder das Gerät, das Sie hier eingerichtet haben, und versuchen Sie es noch einmal.',
      unknown: () =>
        'Dieser Passkey ist hier nicht mehr bekannt. Löschen Sie ihn dort, wo er liegt, und nehmen Sie einen anderen Weg.',
      malformed: () =>
        'Ihr Browser hat keine Antwort eines Schlüssels geschickt. Drücken Sie den Knopf und versuchen Sie es noch einmal.',
      expired: () => 'Diese Seite war zu lange offen oder ist schon beantwortet. Versuchen Sie es noch einmal.',
      replayed: () =>
        'Das ist schon eingerichtet. Nehmen Sie für ein weiteres einen anderen Schlüssel oder ein anderes Gerät.',
      'refused-before': () =>
        'Dieser Schlüssel oder dieses Gerät wird hier nicht angenommen. Nehmen Sie einen anderen oder einen anderen Weg.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    askTitle: {
      any: 'Use your security key or this device',
      'this-device': 'Use this device',
      'security-key': 'Use your security key',
    },
    offerTitle: {
      any: 'Add a security key or this device',
      'this-device': 'Add this device',
      'security-key': 'Add a security key',
    },
    askLead: 'Press the button. Your browser then asks for it.',
    offerLead: 'From then on, signing in takes it as well as your password. Nobody can copy it off a false page.',
    greet: 'Use a passkey',
    from: (place: string) => `Use one from ${place}`,
    invite: {
      title: 'Create a passkey?',
      picture: 'A phone and a laptop that read a finger',
      lead: 'Next time your fingerprint, your face or this device’s PIN is all you need.',
      create: 'Create a passkey',
      reasons: {
        key: 'Nothing to remember, nothing to type.',
        eye: 'Nobody can copy it off a false page.',
        screen: 'Your fingerprint and face never leave your device.',
      },
      registered: 'You have a passkey here already, and it works. There is nothing left to do.',
      more: 'Learn more',
      explained:
        'A passkey is kept by this device, or by the password manager you use, and works only here. Your password stays as it is; you can take the passkey away again on your account page.',
    },
    picture: 'A security key and a laptop that reads a finger',
    how: {
      'this-device': 'Your fingerprint, your face, or the PIN you unlock this device with.',
      'security-key': 'Plug it in or hold it to the phone. Touch it when it blinks; if it has a PIN, type that first.',
    },
    device: { 'this-device': 'This device', 'security-key': 'Security key' },
    go: 'Continue',
    when: {
      cancelled: 'Nothing was sent. Take your time, and try again when you are ready.',
      slow: 'Nothing happened? Some browsers don’t show keys in private windows: try an ordinary one, or another way.',
      registered: 'This one is already set up, and works. To add another, take another key or device.',
      unable: 'This browser can’t use keys here. Try another browser, or another way.',
      none: 'Nothing built into this device can do that here. Take another device, or another way.',
    },
    without: 'This takes a browser with JavaScript switched on. Switch it on, or go another way.',
  },
  de: {
    askTitle: {
      any: 'Nehmen Sie Ihren Sicherheitsschlüssel oder dieses Gerät',
      'this-device': 'Nehmen Sie dieses Gerät',
      'security-key': 'Nehmen Sie Ihren Sicherheitsschlüssel',
    },
    offerTitle: {
      any: 'Sicherheitsschlüssel oder dieses Gerät hinzufügen',
      'this-device': 'Dieses Gerät hinzufügen',
      'security-key': 'Sicherheitsschlüssel hinzufügen',
    },
    askLead: 'Drücken Sie den Knopf. Dann fragt Ihr Browser danach.',
    offerLead: 'Von da an braucht es das und Ihr Passwort, um sich anzumelden. Keine falsche Seite kann es abfangen.',
    greet: 'Passkey verwenden',
    from: (place: string) => `Einen von ${place} verwenden`,
    invite: {
      title: 'Einen Passkey anlegen?',
      picture: 'Ein Telefon und ein Laptop, die einen Finger lesen',
      lead: 'Das nächste Mal genügt Ihr Finger, Ihr Gesicht oder die PIN dieses Geräts.',
      create: 'Passkey anlegen',
      reasons: {
        key: 'Nichts zu merken, nichts zu tippen.',
        eye: 'Keine falsche Seite kann ihn abfangen.',
        screen: 'Ihr Finger und Ihr Gesicht bleiben auf Ihrem Gerät.',
      },
      registered: 'Sie haben hier schon einen Passkey, und er funktioniert. Es ist nichts mehr zu tun.',
      more: 'Mehr dazu',
      explained:
        'Ein Passkey liegt auf diesem Gerät oder in Ihrem Passwortmanager und gilt nur hier. Ihr Passwort bleibt, wie es ist; auf Ihrer Kontoseite können Sie den Passkey wieder entfernen.',
    },
    picture: 'Ein Sicherheitsschlüssel und ein Laptop, der einen Finger liest',
    how: {
      'this-device': 'Ihr Finger, Ihr Gesicht oder die PIN, mit der Sie dieses Gerät entsperren.',
      'security-key':
        'Stecken Sie ihn ein oder halten Sie ihn ans Telefon. Berühren Sie ihn, wenn er blinkt; hat er eine PIN, tippen Sie sie vorher ein.',
    },
    device: { 'this-device': 'Dieses Gerät', 'security-key': 'Sicherheitsschlüssel' },
    go: 'Weiter',
    when: {
      cancelled: 'Es wurde nichts gesendet. Lassen Sie sich Zeit, und versuchen Sie es wieder, wenn Sie so weit sind.',
      slow: 'Es passiert nichts? Manche Browser zeigen Schlüssel in privaten Fenstern nicht: Nehmen Sie ein gewöhnliches, oder einen anderen Weg.',
      registered:
        'Das ist schon eingerichtet und funktioniert. Nehmen Sie für ein weiteres einen anderen Schlüssel oder ein anderes Gerät.',
      unable:
        'Dieser Browser kann hier keine Schlüssel benutzen. Nehmen Sie einen anderen Browser oder einen anderen Weg.',
      none: 'In dieses Gerät ist nichts eingebaut, das das hier kann. Nehmen Sie ein anderes Gerät oder einen anderen Weg.',
    },
    without: 'Dafür braucht der Browser JavaScript. Schalten Sie es ein, oder nehmen Sie einen anderen Weg.',
  },
});

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
