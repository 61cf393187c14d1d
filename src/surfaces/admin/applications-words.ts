import { inEveryLanguage } from '../../ui/language.ts';

interface Told {
  readonly all: string;
  readonly most: string;
  readonly on: string;
  readonly today: string;
}

export const words = inEveryLanguage({
  en: {
    title: 'Applications',
    lead: 'What people sign in to here.',
    own: 'What you answer for.',
    none: 'No application is set up.',
    noneOfYours: 'No application names you. Whoever runs the house sets you down at yours, by your user name.',
    ours: 'Ours',
    asks: 'People are asked first',
    public: 'public',
    secret: 'with a secret',
    keys: 'with keys',
    pages: 'asks for passwords in its own pages',
    names: 'may name who is to sign in',
    site: 'behind a proxy',
    all: 'All applications',
    rules: 'Who may come in, and with what',
    rulesAbout: 'The first rule that fits decides.',
    owners: 'Who answers for it',
    nobody: 'Nobody is named. Somebody should be asked when a change of the rules concerns it.',
    unknown: 'There is nobody of this name',
    withoutRole: 'Without the role',
    withoutRoleAbout: 'Has another role or none, and does not see this page as its owner.',
    setUp: 'How it is set up',
    facts: {
      id: 'What it is called in rules',
      to: 'Where people go on to',
      after: 'Where they go after signing out',
      told: 'Where it is told that they signed out',
      scopes: 'What it may know of people',
      origin: 'Where people reach it',
      strict: 'Where more is asked',
    },
    signIns: {
      title: 'Sign-ins',
      about: ({ all, most, on, today }: Told) =>
        `${all} sign-ins on the way here in 30 days, most on ${on}: ${most}. Today so far: ${today}.`,
      none: 'Nobody has signed in on the way here within 30 days.',
    },
    lately: 'Who signed in last',
    latelyAbout: 'Whoever was signed in already is not among them.',
    nobodyLately: 'Nobody, among the last 2,000 sign-ins to all that is here.',
    excused: 'no second proof asked',
    gone: 'Somebody who is gone',
  },
  de: {
    title: 'Anwendungen',
    lead: 'Wo man sich hier anmeldet.',
    own: 'Wofür Sie verantwortlich sind.',
    none: 'Keine Anwendung ist eingerichtet.',
    noneOfYours: 'Keine Anwendung nennt Sie. Wer das Haus betreibt, trägt Sie bei Ihrer ein, mit Ihrem Benutzernamen.',
    ours: 'Unsere',
    asks: 'Personen werden vorher gefragt',
    public: 'öffentlich',
    secret: 'mit einem Geheimnis',
    keys: 'mit Schlüsseln',
    pages: 'fragt in eigenen Seiten nach Passwörtern',
    names: 'darf sagen, wer sich anmelden soll',
    site: 'hinter einem Proxy',
    all: 'Alle Anwendungen',
    rules: 'Wer hinein darf, und womit',
    rulesAbout: 'Die erste Regel, die passt, entscheidet.',
    owners: 'Wer verantwortlich ist',
    nobody: 'Niemand ist genannt. Jemand sollte gefragt werden, wenn eine Änderung der Regeln sie betrifft.',
    unknown: 'Niemand heißt so',
    withoutRole: 'Ohne die Rolle',
    withoutRoleAbout: 'Hat eine andere Rolle oder keine, und sieht diese Seite nicht.',
    setUp: 'Wie sie eingerichtet ist',
    facts: {
      id: 'Wie sie in Regeln heißt',
      to: 'Wohin es weitergeht',
      after: 'Wohin es nach dem Abmelden geht',
      told: 'Wo sie vom Abmelden erfährt',
      scopes: 'Was sie von Personen wissen darf',
      origin: 'Wo man sie erreicht',
      strict: 'Wo mehr verlangt wird',
    },
    signIns: {
      title: 'Anmeldungen',
      about: ({ all, most, on, today }: Told) =>
        `${all} Anmeldungen auf dem Weg hierher in 30 Tagen, die meisten am ${on}: ${most}. Heute bisher: ${today}.`,
      none: 'Niemand hat sich in 30 Tagen auf dem Weg hierher angemeldet.',
    },
    lately: 'Wer sich zuletzt angemeldet hat',
    latelyAbout: 'Wer schon angemeldet war, ist nicht dabei.',
    nobodyLately: 'Niemand, unter den letzten 2.000 Anmeldungen im ganzen Haus.',
    excused: 'kein zweiter Nachweis verlangt',
    gone: 'Jemand, den es nicht mehr gibt',
  },
});
