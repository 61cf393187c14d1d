import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    title: 'Outbox of the demonstration',
    lead: 'Mail and SMS go nowhere here: they wait on this page. So do the codes of the demo accounts’ authenticator apps.',
    label: 'Demonstration',
    places: { outbox: 'Outbox', account: 'Sign in' },
    codes: 'Codes now',
    left: (seconds: number) => `changes in ${seconds} s`,
    messages: 'Messages',
    none: 'Nothing has been sent yet.',
    to: (recipient: string) => `to ${recipient}`,
  },
  de: {
    title: 'Postausgang der Vorführung',
    lead: 'Mail und SMS gehen hier nirgendwohin: Sie warten auf dieser Seite. Ebenso die Codes der Authenticator-Apps der Vorführkonten.',
    label: 'Vorführung',
    places: { outbox: 'Postausgang', account: 'Anmelden' },
    codes: 'Codes jetzt',
    left: (seconds: number) => `wechselt in ${seconds} s`,
    messages: 'Nachrichten',
    none: 'Es wurde noch nichts gesendet.',
    to: (recipient: string) => `an ${recipient}`,
  },
});
