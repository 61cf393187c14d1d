import { refusals } from '../../otp/words.ts';
import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    name: 'Code by text message',
    hint: 'A 6-digit code sent to your phone',
    refused: {
      ...refusals.en,
      unavailable: () => 'We can’t send text messages at the moment. Try again in a minute, or another way.',
    },
  },
  de: {
    name: 'Code per SMS',
    hint: 'Ein sechsstelliger Code an Ihr Telefon',
    refused: {
      ...refusals.de,
      unavailable: () =>
        'Im Moment können wir keine SMS senden. Versuchen Sie es in einer Minute wieder oder auf einem anderen Weg.',
    },
  },
});

export const pages = inEveryLanguage({
  en: {
    sendTitle: 'Get a code by text message',
    sendLead: ['We send it to ', '.'],
    codeTitle: 'Enter the code from the message',
    codeLead: ['We sent it to ', '.'],
    whereTitle: 'Set up codes by text message',
    whereLead: 'When you sign in, you get a code on your phone.',
    risk: 'Text messages can be read on their way, and numbers can be stolen. An authenticator app protects you better.',
    country: 'Country',
    prompt: 'Choose a country',
    number: 'Mobile number',
    noNumber: 'That is not a mobile number of this country. Check both.',
    elsewhere: 'Use another number',
  },
  de: {
    sendTitle: 'Lassen Sie sich einen Code per SMS schicken',
    sendLead: ['Er geht an ', '.'],
    codeTitle: 'Geben Sie den Code aus der SMS ein',
    codeLead: ['Er ging an ', '.'],
    whereTitle: 'Richten Sie Codes per SMS ein',
    whereLead: 'Bei der Anmeldung bekommen Sie einen Code auf Ihr Telefon.',
    risk: 'SMS können unterwegs gelesen und Nummern gestohlen werden. Eine Authenticator-App schützt Sie besser.',
    country: 'Land',
    prompt: 'Wählen Sie ein Land',
    number: 'Mobilnummer',
    noNumber: 'Das ist keine Mobilnummer dieses Landes. Prüfen Sie beides.',
    elsewhere: 'Andere Nummer nehmen',
  },
});

/** A message of one part: 160 letters of GSM 03.38, which has no typographic quotes. */
export const texts = inEveryLanguage({
  en: {
    'sign-in': (code: string, minutes: number) =>
      `${code} is your code to sign in. It works for ${minutes} minutes. Tell it to nobody.`,
    'set-up': (code: string, minutes: number) =>
      `${code} confirms this number for signing in. It works for ${minutes} minutes. Not you? Do nothing.`,
  },
  de: {
    'sign-in': (code: string, minutes: number) =>
      `${code} ist Ihr Code zur Anmeldung. Er gilt ${minutes} Minuten. Sagen Sie ihn niemandem.`,
    'set-up': (code: string, minutes: number) =>
      `${code} bestätigt diese Nummer für die Anmeldung. Gilt ${minutes} Minuten. Nicht Sie? Nichts tun.`,
  },
});
