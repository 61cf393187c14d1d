import { inEveryLanguage } from '../../ui/language.ts';
import type { Weakness } from './rules.ts';

/** Why none is kept: it will not do, or it is not kept here. */
export type Refused = Weakness | 'elsewhere';

export interface PasswordPages {
  readonly title: string;
  readonly password: string;
  readonly show: string;
  readonly newTitle: string;
  readonly newLead: (shortest: number) => string;
  readonly newPassword: string;
  readonly save: string;
  readonly weak: Readonly<Record<Refused, (rules: { shortest: number; longest: number }) => string>>;
}

export const words = inEveryLanguage({
  en: {
    name: 'Password',
    hint: 'Something only you know',
    refused: { wrong: () => 'That sign-in didn’t work. Check your details or try another way.' },
  },
  de: {
    name: 'Passwort',
    hint: 'Etwas, das nur Sie wissen',
    refused: {
      wrong: () => 'Die Anmeldung hat nicht geklappt. Prüfen Sie Ihre Angaben oder nehmen Sie einen anderen Weg.',
    },
  },
});

/** Where it is kept, if not here. */
export const elsewhere = inEveryLanguage<string>({ en: 'In the directory', de: 'Im Verzeichnis' });

export const pages = inEveryLanguage<PasswordPages>({
  en: {
    title: 'Enter your password',
    password: 'Password',
    show: 'Show password',
    newTitle: 'Choose a new password',
    newLead: (shortest) =>
      `At least ${shortest} characters. A few words you like, with spaces, are easy to remember and hard to guess.`,
    newPassword: 'New password',
    save: 'Save password',
    weak: {
      'too-short': ({ shortest }) =>
        `That is too short: it takes at least ${shortest} characters. Add another word or two.`,
      'too-long': ({ longest }) => `That is too long: at most ${longest} characters.`,
      common: () => 'That is one of the passwords that are tried first. Choose something of your own.',
      elsewhere: () => 'Your organisation’s directory keeps your password. Change it there.',
      'about-you': () =>
        'That is close to your name or to ours, so it is easily guessed. Add a few words that have nothing to do with you.',
    },
  },
  de: {
    title: 'Geben Sie Ihr Passwort ein',
    password: 'Passwort',
    show: 'Passwort anzeigen',
    newTitle: 'Wählen Sie ein neues Passwort',
    newLead: (shortest) =>
      `Mindestens ${shortest} Zeichen. Ein paar Wörter, die Sie mögen, mit Leerzeichen: leicht zu merken, schwer zu erraten.`,
    newPassword: 'Neues Passwort',
    save: 'Passwort speichern',
    weak: {
      'too-short': ({ shortest }) =>
        `Das ist zu kurz: Es braucht mindestens ${shortest} Zeichen. Hängen Sie noch ein, zwei Wörter an.`,
      'too-long': ({ longest }) => `Das ist zu lang: höchstens ${longest} Zeichen.`,
      common: () => 'Das ist eines der Passwörter, die zuerst probiert werden. Wählen Sie etwas Eigenes.',
      elsewhere: () => 'Das Verzeichnis Ihrer Organisation verwahrt Ihr Passwort. Ändern Sie es dort.',
      'about-you': () =>
        'Das ähnelt Ihrem oder unserem Namen und ist leicht zu erraten. Hängen Sie Wörter an, die nichts mit Ihnen zu tun haben.',
    },
  },
});
