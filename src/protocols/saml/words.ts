import { inEveryLanguage } from '../../ui/language.ts';
import type { Reason } from './refused.ts';

interface Words {
  readonly on: {
    readonly title: string;
    readonly lead: (application: string) => string;
    readonly go: (application: string) => string;
  };
  readonly wrong: {
    readonly title: string;
    readonly lead: string;
    readonly hint: (what: string) => string;
    readonly because: Readonly<Record<Reason, string>>;
  };
}

export const words = inEveryLanguage<Words>({
  en: {
    on: {
      title: 'On you go',
      lead: (application) => `You are on your way to ${application}.`,
      go: (application) => `Go on to ${application}`,
    },
    wrong: {
      title: 'The application sent something we can’t use',
      lead: 'Go back to the application and try once more. If it happens again, tell whoever looks after it.',
      hint: (what) => `For them: ${what}`,
      because: {
        unreadable: 'the message cannot be read',
        malformed: 'the message is not what SAML 2.0 says it is',
        'unknown-issuer': 'no application of that entityID is set up here',
        unsigned: 'the message must be signed, and is not',
        signature: 'the signature was not made by a key of the application',
        destination: 'the message is for another address',
        'too-old': 'the message is older than five minutes, or a clock is wrong',
        'unknown-consumer': 'the answer may not go where the message wants it',
        binding: 'answers go by HTTP-POST alone',
        replayed: 'this very message was sent before',
      },
    },
  },
  de: {
    on: {
      title: 'Es geht weiter',
      lead: (application) => `Sie sind auf dem Weg zu ${application}.`,
      go: (application) => `Weiter zu ${application}`,
    },
    wrong: {
      title: 'Die Anwendung hat etwas geschickt, mit dem wir nichts anfangen können',
      lead: 'Gehen Sie zur Anwendung zurück und versuchen Sie es noch einmal. Wenn es wieder geschieht, sagen Sie es, wer sich um sie kümmert.',
      hint: (what) => `Für dort: ${what}`,
      because: {
        unreadable: 'die Nachricht ist nicht lesbar',
        malformed: 'die Nachricht ist nicht, was SAML 2.0 vorsieht',
        'unknown-issuer': 'hier ist keine Anwendung mit dieser entityID eingerichtet',
        unsigned: 'die Nachricht muss unterschrieben sein und ist es nicht',
        signature: 'die Unterschrift stammt von keinem Schlüssel der Anwendung',
        destination: 'die Nachricht ist für eine andere Adresse',
        'too-old': 'die Nachricht ist älter als fünf Minuten, oder eine Uhr geht falsch',
        'unknown-consumer': 'die Antwort darf nicht dorthin, wohin die Nachricht sie will',
        binding: 'Antworten gehen nur mit HTTP-POST',
        replayed: 'genau diese Nachricht kam schon einmal',
      },
    },
  },
});
