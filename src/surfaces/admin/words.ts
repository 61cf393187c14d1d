import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    nav: {
      label: 'Administration',
      people: 'People',
      audit: 'Log',
      policies: 'Policies',
      pins: 'PINs',
      browser: 'This browser',
      settings: 'Settings',
      account: 'My account',
    },
    acts: {
      look: 'take along what is kept of others',
      'name-people': 'see who they are',
      other: 'change something for others',
    },
    browser: {
      title: 'Prepare this browser',
      lead: 'Keep this browser for one person, who then signs in here without a password. They are told by email.',
      here: 'Right here',
      kept: (name: string) => `Kept for ${name}`,
      out: 'Goes on asking',
      none: 'Nothing is said yet',
      on: 'Without a password',
      off: 'With the password',
      asks: (what: string) => `It asks only for: ${what}.`,
      asksAll: 'Everybody is asked for their password here.',
      field: 'Email or username',
      optIn: 'Skip the password here',
      optOut: 'Keep asking',
      clear: 'Clear',
      refused:
        'That is not open to anybody of this name: it takes something to approve with, the policy’s leave, and no office of their own here.',
    },
  },
  de: {
    nav: {
      label: 'Verwaltung',
      people: 'Personen',
      audit: 'Protokoll',
      policies: 'Richtlinien',
      pins: 'PINs',
      browser: 'Dieser Browser',
      settings: 'Einstellungen',
      account: 'Mein Konto',
    },
    acts: {
      look: 'mitnehmen, was über andere aufgeschrieben ist',
      'name-people': 'sehen, wer sie sind',
      other: 'etwas für andere ändern',
    },
    browser: {
      title: 'Diesen Browser vorbereiten',
      lead: 'Für eine Person, die sich hier dann ohne Passwort anmeldet. Sie erfährt es per E-Mail.',
      here: 'Hier',
      kept: (name: string) => `Für ${name}`,
      out: 'Fragt weiter',
      none: 'Noch nichts gesagt',
      on: 'Ohne Passwort',
      off: 'Mit Passwort',
      asks: (what: string) => `Er fragt nur nach: ${what}.`,
      asksAll: 'Hier werden alle nach ihrem Passwort gefragt.',
      field: 'E-Mail oder Benutzername',
      optIn: 'Hier ohne Passwort',
      optOut: 'Weiter fragen',
      clear: 'Zurücksetzen',
      refused:
        'Das ist für niemanden dieses Namens möglich: Es braucht etwas zum Bestätigen, die Erlaubnis der Richtlinie und kein eigenes Amt hier.',
    },
  },
});
