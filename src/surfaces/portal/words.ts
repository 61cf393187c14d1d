import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    nav: {
      label: 'Account',
      overview: 'Overview',
      security: 'Ways to sign in',
      sessions: 'Devices and sessions',
      applications: 'Applications',
    },
    overview: {
      title: (name: string) => `Hello ${name}`,
      lead: 'This is your account. Everything about getting in is here.',
      you: 'You',
      change: 'Change',
    },
    security: {
      title: 'Ways to sign in',
      lead: 'If you lose one of these, the others still let you in.',
      first: 'Password',
      second: 'Codes',
      on: 'On',
      off: 'Not set up',
      left: (n: number) => `${n} left`,
      added: (when: ComponentChildren): ComponentChildren => ['Added ', when],
      used: (when: ComponentChildren): ComponentChildren => ['used ', when],
      neverUsed: 'not used yet',
      changed: (when: ComponentChildren): ComponentChildren => ['Changed ', when],
      setUp: 'Set up',
      change: 'Change',
      newCodes: 'Get new codes',
      another: 'Add another',
      remove: 'Remove',
      alone: 'Your password is all that protects your account. Add an authenticator app: it takes two minutes.',
      few: (n: number) =>
        n === 1
          ? 'Only one backup code is left. Get new ones before it is gone.'
          : `Only ${n} backup codes are left. Get new ones before they run out.`,
      removeTitle: (what: string) => `Remove ${what}?`,
      removeLead:
        'It will no longer let you in. We first ask you to confirm that it’s you; everywhere else you will be signed out.',
      removeLast: 'Your backup codes go with it: they stand in for it and for nothing else.',
      keep: 'Keep it',
    },
    sessions: {
      title: 'Devices and sessions',
      lead: 'Where you are signed in. Something you don’t know? Sign out everywhere, then change your password.',
      count: (n: number) => (n === 1 ? 'Signed in on one device' : `Signed in on ${n} devices`),
      unknown: 'Unknown browser',
      here: 'This device',
      since: (when: ComponentChildren): ComponentChildren => ['Signed in ', when],
      seen: (when: ComponentChildren): ComponentChildren => ['last seen ', when],
      from: (address: string) => `from ${address}`,
      out: 'Sign out',
      outAll: 'Sign out everywhere',
    },
    applications: {
      title: 'Applications',
      lead: 'Who may know who you are. Your own organisation’s applications do not ask, so they are not listed.',
      allowed: 'You allowed',
      none: 'You have not allowed any application anything yet.',
      withdraw: 'Withdraw',
    },
    acts: {
      remove: (what: string) => `remove “${what}”`,
      change: (what: string) => `change “${what}”`,
      setUp: (what: string) => `set up “${what}”`,
    },
  },
  de: {
    nav: {
      label: 'Konto',
      overview: 'Überblick',
      security: 'Anmeldewege',
      sessions: 'Geräte und Sitzungen',
      applications: 'Anwendungen',
    },
    overview: {
      title: (name: string) => `Guten Tag, ${name}`,
      lead: 'Das ist Ihr Konto. Alles rund ums Anmelden finden Sie hier.',
      you: 'Sie',
      change: 'Ändern',
    },
    security: {
      title: 'Anmeldewege',
      lead: 'Wenn Sie einen davon verlieren, lassen die anderen Sie noch hinein.',
      first: 'Passwort',
      second: 'Codes',
      on: 'Eingerichtet',
      off: 'Nicht eingerichtet',
      left: (n: number) => `noch ${n}`,
      added: (when: ComponentChildren): ComponentChildren => ['Hinzugefügt ', when],
      used: (when: ComponentChildren): ComponentChildren => ['benutzt ', when],
      neverUsed: 'noch nicht benutzt',
      changed: (when: ComponentChildren): ComponentChildren => ['Geändert ', when],
      setUp: 'Einrichten',
      change: 'Ändern',
      newCodes: 'Neue Codes holen',
      another: 'Noch eine hinzufügen',
      remove: 'Entfernen',
      alone: 'Nur Ihr Passwort schützt Ihr Konto. Richten Sie eine Authenticator-App ein: Das dauert zwei Minuten.',
      few: (n: number) =>
        n === 1
          ? 'Nur noch ein Ersatzcode ist übrig. Holen Sie neue, bevor er weg ist.'
          : `Nur noch ${n} Ersatzcodes sind übrig. Holen Sie neue, bevor sie ausgehen.`,
      removeTitle: (what: string) => `${what} entfernen?`,
      removeLead:
        'Damit kommen Sie dann nicht mehr hinein. Zuerst bestätigen Sie, dass Sie es sind; überall sonst werden Sie abgemeldet.',
      removeLast: 'Ihre Ersatzcodes gehen mit: Sie stehen nur dafür ein.',
      keep: 'Behalten',
    },
    sessions: {
      title: 'Geräte und Sitzungen',
      lead: 'Wo Sie angemeldet sind. Etwas kommt Ihnen fremd vor? Melden Sie sich überall ab und ändern Sie dann Ihr Passwort.',
      count: (n: number) => (n === 1 ? 'Auf einem Gerät angemeldet' : `Auf ${n} Geräten angemeldet`),
      unknown: 'Unbekannter Browser',
      here: 'Dieses Gerät',
      since: (when: ComponentChildren): ComponentChildren => ['Angemeldet ', when],
      seen: (when: ComponentChildren): ComponentChildren => ['zuletzt gesehen ', when],
      from: (address: string) => `von ${address}`,
      out: 'Abmelden',
      outAll: 'Überall abmelden',
    },
    applications: {
      title: 'Anwendungen',
      lead: 'Wer wissen darf, wer Sie sind. Anwendungen Ihrer Organisation fragen nicht und stehen deshalb nicht hier.',
      allowed: 'Von Ihnen erlaubt',
      none: 'Sie haben noch keiner Anwendung etwas erlaubt.',
      withdraw: 'Zurücknehmen',
    },
    acts: {
      remove: (what: string) => `„${what}“ entfernen`,
      change: (what: string) => `„${what}“ ändern`,
      setUp: (what: string) => `„${what}“ einrichten`,
    },
  },
});
