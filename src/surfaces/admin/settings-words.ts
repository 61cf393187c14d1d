import { inEveryLanguage } from '../../ui/language.ts';

type Span = { readonly sends: number; readonly withinMinutes: number };

/** The longest of them that it is so many of. */
const spans = [24 * 60, 60, 1] as const;
const lasting = (ones: readonly string[], many: readonly string[]) => (minutes: number) => {
  const at = spans.findIndex((span) => minutes % span === 0);
  const n = minutes / (spans[at] ?? 1);
  return n === 1 ? ones[at] : `${n} ${many[at]}`;
};
const inEnglish = lasting(['a day', 'an hour', 'a minute'], ['days', 'hours', 'minutes']);
const inGerman = lasting(['einem Tag', 'einer Stunde', 'einer Minute'], ['Tagen', 'Stunden', 'Minuten']);

export const words = inEveryLanguage({
  en: {
    title: 'Settings',
    lead: 'How this house is set up. It is changed on the host: in the configuration file, and tokens by commands.',
    past: 'Past',
    soon: 'Ends soon',
    programs: {
      title: 'Programs',
      none: 'No program has a token.',
      by: (owner: string) => `${owner} answers for it`,
      orphan: 'Nobody answers for it',
      until: 'serves until',
      used: 'used',
      unused: 'never used',
      from: (networks: string) => `from ${networks}`,
      realm: (name: string) => `PINs of ${name}`,
    },
    realms: {
      title: 'Realms',
      none: 'All applications take the same PINs.',
      own: 'A PIN serves once here',
      shared: 'A PIN serves once anywhere',
      forms: 'forms of their own',
      at: (names: string) => `taken at: ${names}`,
    },
    delivery: {
      title: 'Mail and text messages',
      mail: 'Mail',
      noMail: 'No mail leaves this house.',
      from: (from: string) => `written by ${from}`,
      clear: 'Not encrypted',
      closing: { en: 'Letters in English end', de: 'Letters in German end' },
      sms: 'Text messages',
      noSms: 'No text messages are sent.',
      sends: (method: string) => `How often: ${method}`,
      limit: ({ sends, withinMinutes }: Span) => `${sends} in ${inEnglish(withinMinutes)}`,
      daily: (n: string) => `${n} a day to all together`,
    },
    keys: {
      title: 'Keys and certificates',
      certificate: 'Certificate',
      until: 'valid until',
      unread: 'It cannot be read.',
      proxied: 'A proxy in front of this server has the certificate.',
      signing: 'Signing key for applications',
      signs: 'Signs',
      next: 'Signs soon',
      last: 'Signed before',
      sealing: 'Keys that seal what is kept',
      sealed: (n: number) =>
        n === 1 ? 'One key. A new one: sallyport keys rotate.' : `${n} keys: a change of keys is under way.`,
    },
    elsewhere: {
      title: 'Other systems',
      directory: 'People of a directory',
      stream: 'The log is told to',
      none: 'None: people are kept here, and nobody else is told of the log.',
    },
  },
  de: {
    title: 'Einstellungen',
    lead: 'Wie dieses Haus eingerichtet ist. Geändert wird es auf dem Server: in der Konfigurationsdatei, Schlüssel durch Befehle.',
    past: 'Abgelaufen',
    soon: 'Läuft bald ab',
    programs: {
      title: 'Programme',
      none: 'Kein Programm hat einen Schlüssel.',
      by: (owner: string) => `dafür steht ${owner} ein`,
      orphan: 'Niemand steht dafür ein',
      until: 'gilt bis',
      used: 'benutzt',
      unused: 'nie benutzt',
      from: (networks: string) => `aus ${networks}`,
      realm: (name: string) => `PINs von ${name}`,
    },
    realms: {
      title: 'Bereiche',
      none: 'Alle Anwendungen nehmen dieselben PINs.',
      own: 'Eine PIN gilt hier einmal',
      shared: 'Eine PIN gilt überall zusammen einmal',
      forms: 'eigene Formulare',
      at: (names: string) => `gelten bei: ${names}`,
    },
    delivery: {
      title: 'E-Mail und SMS',
      mail: 'E-Mail',
      noMail: 'Von hier gehen keine E-Mails aus.',
      from: (from: string) => `geschrieben von ${from}`,
      clear: 'Nicht verschlüsselt',
      closing: { en: 'Briefe auf Englisch enden', de: 'Briefe auf Deutsch enden' },
      sms: 'SMS',
      noSms: 'Es werden keine SMS verschickt.',
      sends: (method: string) => `Wie oft: ${method}`,
      limit: ({ sends, withinMinutes }: Span) => `${sends} in ${inGerman(withinMinutes)}`,
      daily: (n: string) => `${n} am Tag an alle zusammen`,
    },
    keys: {
      title: 'Schlüssel und Zertifikate',
      certificate: 'Zertifikat',
      until: 'gültig bis',
      unread: 'Es lässt sich nicht lesen.',
      proxied: 'Das Zertifikat hat ein Proxy vor diesem Server.',
      signing: 'Schlüssel, mit dem für Anwendungen unterschrieben wird',
      signs: 'Unterschreibt',
      next: 'Unterschreibt bald',
      last: 'Unterschrieb vorher',
      sealing: 'Schlüssel, die Aufbewahrtes versiegeln',
      sealed: (n: number) => (n === 1 ? 'Einer. Ein neuer: sallyport keys rotate.' : `${n}: Ein Wechsel ist im Gange.`),
    },
    elsewhere: {
      title: 'Andere Systeme',
      directory: 'Personen aus einem Verzeichnis',
      stream: 'Das Protokoll geht auch an',
      none: 'Keine: Personen werden hier geführt, und niemand sonst erfährt vom Protokoll.',
    },
  },
});
