import { inEveryLanguage } from '../../ui/language.ts';

/** What plugins show to people. */
export const words = inEveryLanguage({
  en: {
    accepted: 'It’s right.',
    rejected: 'That isn’t right.',
    denied: 'You can’t sign in here. Ask your administrator.',
    blocked: 'Too many wrong answers. Wait a few minutes.',
    elsewhere: (host: string) => `Sign in at ${host} in a browser first: something is to be set up there.`,
    nothing: 'There is nothing to send.',
    code: (way: string) => `Type your code: ${way}`,
    sent: (way: string) => `Type the code we sent you: ${way}`,
    push: (way: string) => `Approve it on your phone: ${way}`,
  },
  de: {
    accepted: 'Stimmt.',
    rejected: 'Das stimmt nicht.',
    denied: 'Hier können Sie sich nicht anmelden. Fragen Sie Ihre Administration.',
    blocked: 'Zu viele falsche Antworten. Warten Sie einige Minuten.',
    elsewhere: (host: string) => `Melden Sie sich zuerst im Browser bei ${host} an: Dort ist etwas einzurichten.`,
    nothing: 'Es gibt nichts zu senden.',
    code: (way: string) => `Geben Sie Ihren Code ein: ${way}`,
    sent: (way: string) => `Geben Sie den Code ein, den wir Ihnen geschickt haben: ${way}`,
    push: (way: string) => `Bestätigen Sie auf Ihrem Telefon: ${way}`,
  },
});
