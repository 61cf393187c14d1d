import { refusals } from '../../otp/words.ts';
import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Code by email',
    hint: 'A 6-digit code sent to your mailbox',
    refused: {
      ...refusals.en,
      unavailable: () => 'We can’t send email at the moment. Try again in a minute, or another way.',
    },
  },
  de: {
    name: 'Code per E-Mail',
    hint: 'Ein sechsstelliger Code in Ihr Postfach',
    refused: {
      ...refusals.de,
      unavailable: () =>
        'Im Moment können wir keine E-Mails senden. Versuchen Sie es in einer Minute wieder oder auf einem anderen Weg.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    sendTitle: 'Get a code by email',
    sendLead: ['We send it to ', '.'],
    codeTitle: 'Enter the code from the email',
    codeLead: ['We sent it to ', '.'],
    whereTitle: 'Set up codes by email',
    whereLead: 'When you sign in, you get a code in your mailbox.',
    risk: 'Whoever can read your email can read the code, too. An authenticator app protects you better.',
    address: 'Email address',
    noAddress: 'That is not an email address. One looks like name@example.org.',
    elsewhere: 'Use another address',
  },
  de: {
    sendTitle: 'Lassen Sie sich einen Code mailen',
    sendLead: ['Er geht an ', '.'],
    codeTitle: 'Geben Sie den Code aus der E-Mail ein',
    codeLead: ['Er ging an ', '.'],
    whereTitle: 'Richten Sie Codes per E-Mail ein',
    whereLead: 'Bei der Anmeldung bekommen Sie einen Code in Ihr Postfach.',
    risk: 'Wer Ihre E-Mails lesen kann, liest auch den Code. Eine Authenticator-App schützt Sie besser.',
    address: 'E-Mail-Adresse',
    noAddress: 'Das ist keine E-Mail-Adresse. So sieht eine aus: name@example.org.',
    elsewhere: 'Andere Adresse nehmen',
  },
});

/** What stands in a mail, around the code: `host` is us, the rest are hours with the name of their zone. */
export const letters = inEveryLanguage({
  en: {
    'sign-in': {
      subject: 'Your code to sign in',
      paragraphs: (host: string, until: string) => [
        'Hello,',
        `this is your code to sign in to ${host}. It works until ${until}, only where you asked for it, and only once.`,
      ],
      small: (asked: string) => [
        `Somebody asked for it at ${asked} and knew your password. If it was not you, tell nobody this code, change your password, and tell your administrator.`,
      ],
    },
    'set-up': {
      subject: 'Confirm this address',
      paragraphs: (host: string, until: string) => [
        'Hello,',
        `somebody wants codes to sign in to ${host} to come to this address. If it is you, this code confirms it. It works until ${until}.`,
      ],
      small: (asked: string) => [
        `Somebody asked for it at ${asked}. If it was not you, you need not do anything: without the code nothing happens.`,
      ],
    },
  },
  de: {
    'sign-in': {
      subject: 'Ihr Code zur Anmeldung',
      paragraphs: (host: string, until: string) => [
        'Guten Tag,',
        `das ist Ihr Code zur Anmeldung bei ${host}. Er gilt bis ${until}, nur dort, wo Sie ihn angefordert haben, und nur einmal.`,
      ],
      small: (asked: string) => [
        `Angefordert um ${asked} von jemandem, der Ihr Passwort kennt. Wenn Sie das nicht waren: Sagen Sie den Code niemandem, ändern Sie Ihr Passwort und sagen Sie es Ihrer Administration.`,
      ],
    },
    'set-up': {
      subject: 'Bestätigen Sie diese Adresse',
      paragraphs: (host: string, until: string) => [
        'Guten Tag,',
        `jemand möchte Codes zur Anmeldung bei ${host} an diese Adresse bekommen. Wenn Sie das sind, bestätigt es dieser Code. Er gilt bis ${until}.`,
      ],
      small: (asked: string) => [
        `Angefordert um ${asked}. Wenn Sie das nicht waren, müssen Sie nichts tun: Ohne den Code geschieht nichts.`,
      ],
    },
  },
});
