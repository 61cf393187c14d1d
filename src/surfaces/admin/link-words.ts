import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

/** Links that are handed to somebody, and people who are added with one. */
export const words = inEveryLanguage({
  en: {
    name: 'Make a link',
    title: (whom: string) => `Make a link for ${whom}`,
    phrase: (whom: string) => `make a link for ${whom}`,
    lead: 'Hand it over yourself, to nobody but them. It works once, for a day; it signs nobody in, and when it has done its work they are signed out everywhere. A link to another way asks for their password first.',
    field: 'What it sets up',
    prompt: 'What it sets up',
    go: 'Make the link',
    hindered: {
      'two-hands':
        'You have given them a temporary code today. A link to another password has to come from somebody else.',
      taken: 'Somebody has this user name or this address already.',
      malformed: 'A user name has 1 to 64 characters and no spaces; an address has an @.',
    },
    made: {
      title: 'Hand it over',
      lead: (whom: string, when: ComponentChildren): ComponentChildren => [
        `For ${whom}, until `,
        when,
        '. It is not shown again.',
      ],
      copy: 'Copy',
      copied: 'Copied',
      on: 'Done',
    },
    add: {
      name: 'Add somebody',
      title: 'Add somebody',
      lead: 'They get a link by which they choose a password, once, within a day: by mail where they have an address, and from you.',
      phrase: (whom: string) => `add ${whom}`,
      username: 'Username',
      email: 'Email, if there is one',
      called: 'Name, if it is another',
      groups: 'Groups, with commas between them',
      go: 'Add',
      back: 'Leave it',
    },
  },
  de: {
    name: 'Link machen',
    title: (whom: string) => `Einen Link machen: ${whom}`,
    phrase: (whom: string) => `einen Link machen für ${whom}`,
    lead: 'Übergeben Sie ihn selbst, und nur der Person. Er gilt einmal, einen Tag lang; er meldet niemanden an, und hat er getan, wozu er da ist, ist die Person überall abgemeldet. Ein Link zu einem weiteren Weg fragt zuerst nach dem Passwort.',
    field: 'Was er einrichtet',
    prompt: 'Was er einrichtet',
    go: 'Link machen',
    hindered: {
      'two-hands':
        'Sie haben der Person heute schon einen vorläufigen Code gegeben. Ein Link zu einem anderen Passwort muss von jemand anderem kommen.',
      taken: 'Diesen Benutzernamen oder diese Adresse hat schon jemand.',
      malformed: 'Ein Benutzername hat 1 bis 64 Zeichen und keine Leerzeichen, eine Adresse hat ein @.',
    },
    made: {
      title: 'Übergeben Sie ihn',
      lead: (whom: string, when: ComponentChildren): ComponentChildren => [
        `Für ${whom}, bis `,
        when,
        '. Er wird nicht noch einmal gezeigt.',
      ],
      copy: 'Kopieren',
      copied: 'Kopiert',
      on: 'Fertig',
    },
    add: {
      name: 'Jemanden hinzufügen',
      title: 'Jemanden hinzufügen',
      lead: 'Die Person bekommt einen Link, mit dem sie einmal, innerhalb eines Tages, ein Passwort wählt: per E-Mail, wenn sie eine Adresse hat, und von Ihnen.',
      phrase: (whom: string) => `${whom} hinzufügen`,
      username: 'Benutzername',
      email: 'E-Mail, wenn es eine gibt',
      called: 'Name, wenn er anders lautet',
      groups: 'Gruppen, mit Kommas dazwischen',
      go: 'Hinzufügen',
      back: 'Nicht tun',
    },
  },
});
