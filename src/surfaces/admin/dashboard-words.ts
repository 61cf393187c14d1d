import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

/** What happened in all of these days, on the best of them, and today. */
interface Told {
  readonly all: string;
  readonly most: string;
  readonly on: string;
  readonly today: string;
}

export const words = inEveryLanguage({
  en: {
    title: 'Dashboard',
    lead: (zone: string) => `How people get in here, and what needs a look. Days begin at midnight, ${zone}.`,
    lagging: 'What happened last is not counted yet: the numbers below will still grow.',
    isDown: { mail: 'Mail does not go out at the moment.', sms: 'Text messages do not go out at the moment.' },
    glance: {
      title: 'At a glance',
      signIns: 'Signed in today',
      refusals: 'Wrong answers today',
      sms: 'Text messages today',
      mail: 'Mail today',
      locked: 'Locked out now',
      disabled: 'Disabled',
      yesterday: (n: string) => `yesterday ${n}`,
      whole: (n: string) => `${n} in 30 days`,
      orMore: (n: string) => `${n} or more`,
      look: 'Who that is',
      nobody: 'nobody',
    },
    alarms: {
      title: 'To look at',
      span: 'the last 7 days',
      none: 'Nothing of the last seven days asks for a look.',
      times: (n: number, count: string) => (n === 1 ? 'once' : `${count} times`),
      last: (when: ComponentChildren): ComponentChildren => ['last ', when],
    },
    signIns: {
      title: 'Sign-ins',
      about: ({ all, most, on, today }: Told) =>
        `${all} sign-ins in 30 days, most on ${on}: ${most}. Today so far: ${today}.`,
      none: 'Nobody has signed in within 30 days.',
    },
    refusals: {
      title: 'Wrong answers',
      about: ({ all, most, on, today }: Told) =>
        `${all} wrong answers in 30 days, most on ${on}: ${most}. Today so far: ${today}.`,
      none: 'No wrong answer within 30 days.',
    },
    ways: { title: 'How people got in', column: 'Way', none: 'Nobody has signed in within 30 days.' },
    wrong: { title: 'What was answered wrong', column: 'Answer', none: 'No wrong answer within 30 days.' },
    parts: {
      'remembered-device': 'a remembered device',
      'temporary-code': 'a temporary code',
      unknown: 'Not recorded',
      others: 'Everything else',
    },
    standings: {
      title: 'What protects accounts',
      column: 'Strongest way in',
      count: 'People',
      all: (n: string) => `${n} people may sign in`,
      none: 'Nobody is counted yet.',
      show: (share: string) => `Who has no passkey: ${share}`,
      resistant: { name: 'Passkey or security key', about: 'Works on our pages only' },
      phishable: { name: 'Codes or approvals', about: 'A page that looks like ours can ask for them too' },
      weak: { name: 'Nothing but the password', about: 'Whoever learns it is in' },
    },
    adoption: {
      title: 'Passkeys and security keys',
      column: 'People who have one',
      about: (first: string, when: string, now: string) =>
        `${now} of all who may sign in have a passkey or a security key. On ${when} it was ${first}.`,
      none: 'Nobody is counted yet.',
      now: (share: string) => `${share} of people`,
    },
    sent: {
      mail: 'Mail sent',
      sms: 'Text messages sent',
      about: ({ all, most, on, today }: Told) => `${all} in 30 days, most on ${on}: ${most}. Today so far: ${today}.`,
      none: 'None within 30 days.',
      lost: (n: number, count: string) =>
        n === 1 ? '1 was not taken, or was too late' : `${count} were not taken, or were too late`,
      cost: (money: string) => `about ${money}`,
    },
    chart: { table: 'The numbers', day: 'Day', number: 'Number', nothing: 'Not known', today: 'today' },
  },
  de: {
    title: 'Überblick',
    lead: (zone: string) =>
      `Wie hier angemeldet wird, und was einen Blick braucht. Tage beginnen um Mitternacht, ${zone}.`,
    lagging: 'Was zuletzt geschah, ist noch nicht gezählt: Die Zahlen werden noch wachsen.',
    isDown: { mail: 'Zurzeit geht keine E-Mail hinaus.', sms: 'Zurzeit geht keine SMS hinaus.' },
    glance: {
      title: 'Auf einen Blick',
      signIns: 'Anmeldungen heute',
      refusals: 'Falsche Antworten heute',
      sms: 'SMS heute',
      mail: 'E-Mails heute',
      locked: 'Gerade blockiert',
      disabled: 'Gesperrt',
      yesterday: (n: string) => `gestern ${n}`,
      whole: (n: string) => `${n} in 30 Tagen`,
      orMore: (n: string) => `${n} oder mehr`,
      look: 'Wer das ist',
      nobody: 'niemand',
    },
    alarms: {
      title: 'Zum Ansehen',
      span: 'die letzten 7 Tage',
      none: 'Nichts aus den letzten sieben Tagen braucht einen Blick.',
      times: (n: number, count: string) => (n === 1 ? 'einmal' : `${count} Mal`),
      last: (when: ComponentChildren): ComponentChildren => ['zuletzt ', when],
    },
    signIns: {
      title: 'Anmeldungen',
      about: ({ all, most, on, today }: Told) =>
        `${all} Anmeldungen in 30 Tagen, die meisten am ${on}: ${most}. Heute bisher: ${today}.`,
      none: 'In 30 Tagen hat sich niemand angemeldet.',
    },
    refusals: {
      title: 'Falsche Antworten',
      about: ({ all, most, on, today }: Told) =>
        `${all} falsche Antworten in 30 Tagen, die meisten am ${on}: ${most}. Heute bisher: ${today}.`,
      none: 'In 30 Tagen keine falsche Antwort.',
    },
    ways: { title: 'Womit angemeldet wurde', column: 'Weg', none: 'In 30 Tagen hat sich niemand angemeldet.' },
    wrong: { title: 'Was falsch war', column: 'Antwort', none: 'In 30 Tagen keine falsche Antwort.' },
    parts: {
      'remembered-device': 'ein gemerktes Gerät',
      'temporary-code': 'ein vorläufiger Code',
      unknown: 'Nicht festgehalten',
      others: 'Alles andere',
    },
    standings: {
      title: 'Was Konten schützt',
      column: 'Stärkster Weg hinein',
      count: 'Personen',
      all: (n: string) => `${n} Personen dürfen sich anmelden`,
      none: 'Noch ist niemand gezählt.',
      show: (share: string) => `Wer keinen Passkey hat: ${share}`,
      resistant: { name: 'Passkey oder Sicherheitsschlüssel', about: 'Gilt nur auf unseren Seiten' },
      phishable: { name: 'Codes oder Freigaben', about: 'Auch eine nachgemachte Seite kann danach fragen' },
      weak: { name: 'Nichts als das Passwort', about: 'Wer es erfährt, ist drin' },
    },
    adoption: {
      title: 'Passkeys und Sicherheitsschlüssel',
      column: 'Wer so etwas hat',
      about: (first: string, when: string, now: string) =>
        `${now} von allen, die sich anmelden dürfen, haben einen Passkey oder einen Sicherheitsschlüssel. Am ${when} waren es ${first}.`,
      none: 'Noch ist niemand gezählt.',
      now: (share: string) => `${share} der Personen`,
    },
    sent: {
      mail: 'Gesendete E-Mails',
      sms: 'Gesendete SMS',
      about: ({ all, most, on, today }: Told) =>
        `${all} in 30 Tagen, die meisten am ${on}: ${most}. Heute bisher: ${today}.`,
      none: 'In 30 Tagen keine.',
      lost: (n: number, count: string) =>
        n === 1 ? '1 wurde nicht angenommen oder kam zu spät' : `${count} wurden nicht angenommen oder kamen zu spät`,
      cost: (money: string) => `etwa ${money}`,
    },
    chart: { table: 'Die Zahlen', day: 'Tag', number: 'Anzahl', nothing: 'Nicht bekannt', today: 'heute' },
  },
});
