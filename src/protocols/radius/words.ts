import { inEveryLanguage } from '../../ui/language.ts';

/** What is shown to people by whoever asks, in a line without markup: one attribute holds 253 bytes. */
export const words = inEveryLanguage({
  en: {
    code: (way: string) => `Type your code: ${way}.`,
    sent: (way: string) => `We sent you a code (${way}). Type it here.`,
    notSent: (way: string) => `We can’t send a code now (${way}). If you have one, type it here.`,
    push: (way: string) => `Approve it on your phone (${way}), then answer OK.`,
    notPushed: (way: string) =>
      `Your phone can’t be asked now (${way}). Answer OK to go on with what it was asked before.`,
    waiting: 'Not approved yet.',
    malformed: 'That can’t be a code.',
    instead: (ways: string) => `Or answer with a number: ${ways}.`,
    or: ', ',
    denied: 'You can’t sign in here. Ask your administrator.',
    blocked: 'Too many wrong answers. Wait a few minutes.',
    elsewhere: (host: string) => `Sign in at ${host} in a browser first: something is to be set up there.`,
    onlyPap: 'Only PAP is taken here.',
  },
  de: {
    code: (way: string) => `Geben Sie Ihren Code ein: ${way}.`,
    sent: (way: string) => `Wir haben Ihnen einen Code geschickt (${way}). Geben Sie ihn hier ein.`,
    notSent: (way: string) => `Im Moment geht kein Code (${way}). Wenn Sie einen haben, geben Sie ihn hier ein.`,
    push: (way: string) => `Bestätigen Sie auf Ihrem Telefon (${way}) und antworten Sie mit OK.`,
    notPushed: (way: string) =>
      `Ihr Telefon lässt sich gerade nicht fragen (${way}). Mit OK gilt, was es vorher gefragt wurde.`,
    waiting: 'Noch nicht bestätigt.',
    malformed: 'Das kann kein Code sein.',
    instead: (ways: string) => `Oder antworten Sie mit einer Zahl: ${ways}.`,
    or: ', ',
    denied: 'Hier können Sie sich nicht anmelden. Fragen Sie Ihre Administration.',
    blocked: 'Zu viele falsche Antworten. Warten Sie einige Minuten.',
    elsewhere: (host: string) => `Melden Sie sich zuerst im Browser bei ${host} an: Dort ist etwas einzurichten.`,
    onlyPap: 'Hier geht nur PAP.',
  },
});
