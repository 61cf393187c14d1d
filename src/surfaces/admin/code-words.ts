import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

/** The temporary code: what whoever gives it out is told, step by step. */
export const words = inEveryLanguage({
  en: {
    name: 'Temporary code',
    title: (whom: string) => `Give ${whom} a temporary code`,
    phrase: (whom: string) => `give ${whom} a temporary code`,
    lead: 'For whoever is without their second factor today. It takes its place once, within an hour, together with their password; it changes nothing, and opens nothing that asks for more.',
    check: {
      title: 'Is it really them?',
      lead: 'We send a number there. Let the caller read it to you.',
      send: 'Send the number',
      again: 'Send another',
      badge: 'On its way',
      sent: 'It works for ten minutes.',
    },
    number: 'The number they read to you',
    give: 'Show the code',
    shown: {
      title: 'Read it to them',
      lead: (whom: string, when: ComponentChildren): ComponentChildren => [
        `For ${whom}, until `,
        when,
        '. It is not shown again. They type it where they are asked for their second factor: “I have a code from the help desk”.',
      ],
      told: 'They get an email by which they can stop it.',
      on: 'Done',
    },
    hindered: {
      wrong: 'That is not the number, or it is too old. After three wrong ones send another.',
      unreachable: 'No number can be sent to them, so nobody can be sure who calls. Ask a system administrator.',
      'nothing-lost':
        'They have no second factor that a code could stand in for: their password is all they need, or they set one up when they sign in.',
      enough: 'You have given out as many as one may in an hour. Wait, or ask somebody else.',
      'two-hands': 'You have given them a way to another password today. The code has to come from somebody else.',
    },
  },
  de: {
    name: 'Vorläufiger Code',
    title: (whom: string) => `Einen vorläufigen Code ausgeben: ${whom}`,
    phrase: (whom: string) => `einen vorläufigen Code ausgeben für ${whom}`,
    lead: 'Für alle, die ihren zweiten Faktor heute nicht bei sich haben. Er ersetzt ihn einmal, innerhalb einer Stunde, zusammen mit dem Passwort; er ändert nichts und öffnet nichts, was mehr verlangt.',
    check: {
      title: 'Ist es die Person wirklich?',
      lead: 'Wir senden dorthin eine Nummer. Lassen Sie sich diese vorlesen.',
      send: 'Nummer senden',
      again: 'Noch eine senden',
      badge: 'Unterwegs',
      sent: 'Sie gilt zehn Minuten.',
    },
    number: 'Die Nummer, die Ihnen vorgelesen wird',
    give: 'Code anzeigen',
    shown: {
      title: 'Lesen Sie ihn vor',
      lead: (whom: string, when: ComponentChildren): ComponentChildren => [
        `Für ${whom}, bis `,
        when,
        '. Er wird nicht noch einmal gezeigt. Eingegeben wird er dort, wo nach dem zweiten Faktor gefragt wird: „Ich habe einen Code vom Helpdesk“.',
      ],
      told: 'Per E-Mail erfährt die Person davon und kann ihn aufhalten.',
      on: 'Fertig',
    },
    hindered: {
      wrong: 'Das ist nicht die Nummer, oder sie ist zu alt. Senden Sie nach drei falschen eine neue.',
      unreachable:
        'Es kann keine Nummer gesendet werden: So weiß niemand, wer anruft. Fragen Sie die Systemadministration.',
      'nothing-lost':
        'Es gibt keinen zweiten Faktor, den ein Code ersetzen könnte: Das Passwort reicht, oder beim Anmelden wird einer eingerichtet.',
      enough:
        'Sie haben so viele ausgegeben, wie in einer Stunde erlaubt sind. Warten Sie, oder fragen Sie jemand anderen.',
      'two-hands':
        'Sie haben der Person heute schon zu einem anderen Passwort verholfen. Der Code muss von jemand anderem kommen.',
    },
  },
});
