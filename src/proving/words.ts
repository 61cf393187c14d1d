import { inEveryLanguage } from '../ui/language.ts';

export type Notice =
  | 'account-disabled'
  | 'account-enabled'
  | 'account-unlocked'
  | 'backup-code-used'
  | 'browser-prepared'
  | 'device-copied'
  | 'link-given'
  | 'method-added'
  | 'method-removed'
  | 'password-changed'
  | 'role-changed'
  | 'sign-in-denied'
  | 'second-factor-guessed'
  | 'second-factor-locked'
  | 'signed-out';
export type Letter = { readonly subject: string; readonly body: (name: string) => string };

const notYou = 'If this was not you, change your password and tell your administrator.';
const notYouDe = 'Wenn Sie das nicht waren, ändern Sie Ihr Passwort und sagen Sie es Ihrer Administration.';

export const notices = inEveryLanguage<Record<Notice, Letter>>({
  en: {
    'account-disabled': {
      subject: 'Your account was disabled',
      body: (name) =>
        `Hello ${name},\n\nan administrator has disabled your account. You are signed out everywhere, and cannot sign in until it is enabled again. Your administrator can say why.\n`,
    },
    'account-enabled': {
      subject: 'Your account was enabled',
      body: (name) => `Hello ${name},\n\nan administrator has enabled your account again: you can sign in as before.\n`,
    },
    'account-unlocked': {
      subject: 'Your account was unlocked',
      body: (name) =>
        `Hello ${name},\n\nwrong answers had locked your account, and it was unlocked for you: you can try again. If you did not ask for that, tell your administrator.\n`,
    },
    'backup-code-used': {
      subject: 'A backup code was used',
      body: (name) => `Hello ${name},\n\none of your backup codes was just used to sign in. ${notYou}\n`,
    },
    'browser-prepared': {
      subject: 'A browser was prepared for you',
      body: (name) =>
        `Hello ${name},\n\nan administrator has prepared a browser in which you sign in without your password. Nobody gets in there without your phone or key. If you do not know of it, take it back under “This browser” on your account pages, and tell your administrator.\n`,
    },
    'device-copied': {
      subject: 'A remembered device was forgotten',
      body: (name) =>
        `Hello ${name},\n\na device that was not asked for your code again has shown an old key: somebody may have copied what it keeps. It will be asked again, like any other. ${notYou}\n`,
    },
    'link-given': {
      subject: 'A link to set up your sign-in was made',
      body: (name) =>
        `Hello ${name},\n\nan administrator has made a link by which you choose a password or set up another way to sign in, once, within a day. If you did not ask for it, tell your administrator.\n`,
    },
    'method-added': {
      subject: 'A way to sign in was added',
      body: (name) => `Hello ${name},\n\na way to sign in was just added to your account. ${notYou}\n`,
    },
    'method-removed': {
      subject: 'A way to sign in was removed',
      body: (name) => `Hello ${name},\n\na way to sign in was just removed from your account. ${notYou}\n`,
    },
    'password-changed': {
      subject: 'Your password was changed',
      body: (name) =>
        `Hello ${name},\n\nthe password of your account was just changed. Wherever you were signed in, you are not any more. If this was not you, tell your administrator at once.\n`,
    },
    'role-changed': {
      subject: 'What you may do for others was changed',
      body: (name) =>
        `Hello ${name},\n\nyou were given another role among those who run this house, or none any more. If you do not know of it, tell your administrator.\n`,
    },
    'sign-in-denied': {
      subject: 'A sign-in was denied on your phone',
      body: (name) =>
        `Hello ${name},\n\nsomebody who knows your password tried to sign in, and it was denied on your phone. ${notYou}\n`,
    },
    'second-factor-guessed': {
      subject: 'Wrong codes',
      body: (name) =>
        `Hello ${name},\n\nsomebody who knows your password typed five wrong codes in a row, and now has to wait. ${notYou}\n`,
    },
    'second-factor-locked': {
      subject: 'Your codes were locked',
      body: (name) =>
        `Hello ${name},\n\nsomebody who knows your password typed a hundred wrong codes in a row. No code is taken any more until your administrator unlocks your account. ${notYou}\n`,
    },
    'signed-out': {
      subject: 'You were signed out everywhere',
      body: (name) =>
        `Hello ${name},\n\nan administrator has signed you out everywhere. What you sign in with is as it was. If you do not know of it, tell your administrator.\n`,
    },
  },
  de: {
    'account-disabled': {
      subject: 'Ihr Konto wurde gesperrt',
      body: (name) =>
        `Guten Tag ${name},\n\nIhre Administration hat Ihr Konto gesperrt. Sie sind überall abgemeldet und können sich nicht anmelden, bis es wieder freigegeben wird. Den Grund weiß Ihre Administration.\n`,
    },
    'account-enabled': {
      subject: 'Ihr Konto wurde freigegeben',
      body: (name) =>
        `Guten Tag ${name},\n\nIhre Administration hat Ihr Konto wieder freigegeben: Sie können sich anmelden wie zuvor.\n`,
    },
    'account-unlocked': {
      subject: 'Ihr Konto wurde entsperrt',
      body: (name) =>
        `Guten Tag ${name},\n\nfalsche Antworten hatten Ihr Konto blockiert, und es wurde für Sie entsperrt: Sie können es wieder versuchen. Wenn Sie nicht darum gebeten haben, sagen Sie es Ihrer Administration.\n`,
    },
    'backup-code-used': {
      subject: 'Ein Ersatzcode wurde benutzt',
      body: (name) => `Guten Tag ${name},\n\neben wurde einer Ihrer Ersatzcodes zur Anmeldung benutzt. ${notYouDe}\n`,
    },
    'browser-prepared': {
      subject: 'Ein Browser wurde für Sie vorbereitet',
      body: (name) =>
        `Guten Tag ${name},\n\nIhre Administration hat einen Browser vorbereitet, in dem Sie sich ohne Passwort anmelden. Ohne Ihr Telefon oder Ihren Schlüssel kommt dort niemand hinein. Wenn Sie davon nichts wissen, nehmen Sie es auf Ihren Kontoseiten unter „Dieser Browser“ zurück und sagen Sie es Ihrer Administration.\n`,
    },
    'device-copied': {
      subject: 'Ein gemerktes Gerät wurde vergessen',
      body: (name) =>
        `Guten Tag ${name},\n\nein Gerät, das nicht mehr nach Ihrem Code gefragt wurde, hat einen alten Schlüssel gezeigt: Vielleicht hat jemand kopiert, was es sich gemerkt hat. Es wird wieder gefragt wie jedes andere. ${notYouDe}\n`,
    },
    'link-given': {
      subject: 'Ein Link zum Einrichten Ihrer Anmeldung wurde gemacht',
      body: (name) =>
        `Guten Tag ${name},\n\ndie Administration hat einen Link gemacht, mit dem Sie einmal, innerhalb eines Tages, ein Passwort wählen oder einen weiteren Anmeldeweg einrichten. Haben Sie nicht darum gebeten, sagen Sie es Ihrer Administration.\n`,
    },
    'method-added': {
      subject: 'Ein Anmeldeweg kam dazu',
      body: (name) => `Guten Tag ${name},\n\nzu Ihrem Konto kam eben ein Anmeldeweg dazu. ${notYouDe}\n`,
    },
    'method-removed': {
      subject: 'Ein Anmeldeweg wurde entfernt',
      body: (name) => `Guten Tag ${name},\n\naus Ihrem Konto wurde eben ein Anmeldeweg entfernt. ${notYouDe}\n`,
    },
    'password-changed': {
      subject: 'Ihr Passwort wurde geändert',
      body: (name) =>
        `Guten Tag ${name},\n\ndas Passwort Ihres Kontos wurde eben geändert. Wo Sie angemeldet waren, sind Sie es nicht mehr. Wenn Sie das nicht waren, sagen Sie es sofort Ihrer Administration.\n`,
    },
    'role-changed': {
      subject: 'Was Sie für andere tun dürfen, hat sich geändert',
      body: (name) =>
        `Guten Tag ${name},\n\nSie haben eine andere Rolle unter denen, die dieses Haus betreiben, oder keine mehr. Wenn Sie davon nichts wissen, sagen Sie es Ihrer Administration.\n`,
    },
    'sign-in-denied': {
      subject: 'Eine Anmeldung wurde auf Ihrem Telefon abgelehnt',
      body: (name) =>
        `Guten Tag ${name},\n\njemand, der Ihr Passwort kennt, wollte sich anmelden, und auf Ihrem Telefon wurde es abgelehnt. ${notYouDe}\n`,
    },
    'second-factor-guessed': {
      subject: 'Falsche Codes',
      body: (name) =>
        `Guten Tag ${name},\n\njemand, der Ihr Passwort kennt, hat fünf falsche Codes hintereinander eingegeben und muss nun warten. ${notYouDe}\n`,
    },
    'second-factor-locked': {
      subject: 'Ihre Codes wurden gesperrt',
      body: (name) =>
        `Guten Tag ${name},\n\njemand, der Ihr Passwort kennt, hat hundert falsche Codes hintereinander eingegeben. Kein Code gilt mehr, bis Ihre Administration das Konto entsperrt. ${notYouDe}\n`,
    },
    'signed-out': {
      subject: 'Sie wurden überall abgemeldet',
      body: (name) =>
        `Guten Tag ${name},\n\nIhre Administration hat Sie überall abgemeldet. Womit Sie sich anmelden, ist geblieben. Wenn Sie davon nichts wissen, sagen Sie es Ihrer Administration.\n`,
    },
  },
});

/** For those who answer for the house. */
export const letters = inEveryLanguage({
  en: {
    /** A way back in was opened on the host. */
    rescued: (who: string): Letter => ({
      subject: 'A rescue link was made',
      body: (name) =>
        `Hello ${name},\n\non the host a rescue link was just made for ${who}. If nobody of you did that, somebody else can reach the host.\n`,
    }),
    /** Somebody may do everything from now on. */
    joined: (who: string): Letter => ({
      subject: 'There is one more system administrator',
      body: (name) =>
        `Hello ${name},\n\n${who} is a system administrator now, and may do everything here. If nobody of you did that, somebody else can reach the host.\n`,
    }),
    /** Somebody tries a few passwords at each of many accounts. */
    spread: (accounts: number): Letter => ({
      subject: 'Somebody is guessing passwords',
      body: (name) =>
        `Hello ${name},\n\nwrong answers were given for ${accounts} accounts within minutes: more than people mistype. Every account still counts and slows the guesses at it. The log of events says where they come from (guessing.spread, proof.refused).\n`,
    }),
    /** A person saw something on their account that was not them. */
    reported: (who: string): Letter => ({
      subject: 'Somebody else may have used an account',
      body: (name) =>
        `Hello ${name},\n\n${who} reports that something on their account was not them. They are signed out everywhere, and were asked to choose another password. The log of events says what happened there (account.reported).\n`,
    }),
  },
  de: {
    rescued: (who: string): Letter => ({
      subject: 'Ein Rettungslink wurde erstellt',
      body: (name) =>
        `Guten Tag ${name},\n\nauf dem Server wurde eben ein Rettungslink für ${who} erstellt. Wenn das niemand von Ihnen war, kommt jemand anderes an den Server.\n`,
    }),
    joined: (who: string): Letter => ({
      subject: 'Es gibt eine Systemadministration mehr',
      body: (name) =>
        `Guten Tag ${name},\n\n${who} gehört jetzt zur Systemadministration und darf hier alles. Wenn das niemand von Ihnen war, kommt jemand anderes an den Server.\n`,
    }),
    spread: (accounts: number): Letter => ({
      subject: 'Jemand probiert Passwörter aus',
      body: (name) =>
        `Guten Tag ${name},\n\nfür ${accounts} Konten kamen binnen Minuten falsche Antworten: mehr, als sich Menschen vertippen. Jedes Konto zählt und bremst die Versuche weiterhin. Das Protokoll sagt, woher sie kommen (guessing.spread, proof.refused).\n`,
    }),
    reported: (who: string): Letter => ({
      subject: 'Jemand anderes hat vielleicht ein Konto benutzt',
      body: (name) =>
        `Guten Tag ${name},\n\n${who} meldet, dass etwas auf dem Konto nicht von ihnen selbst war. Sie sind überall abgemeldet und wurden gebeten, ein anderes Passwort zu wählen. Das Protokoll sagt, was dort geschah.\n`,
    }),
  },
});
