import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

export const words = inEveryLanguage({
  en: {
    change: {
      act: (address: string) => `have your mail sent to ${address}`,
      title: 'Change your email address',
      lead: (now: ComponentChildren): ComponentChildren => [
        'Now it is ',
        now,
        '. We write there, and you can sign in with it.',
      ],
      none: 'You have none yet. We write there, and you can sign in with it.',
      field: 'New email address',
      noAddress: 'That is not an email address. One looks like name@example.org.',
      same: 'That is your address already.',
      taken: 'Another account has that address. Take another, or ask whoever looks after Sallyport where you are.',
      unavailable: 'We can’t send email at the moment. Try again in a minute.',
      codeTitle: 'Enter the code from the email',
      codeLead: ['We sent it to ', '.'],
      elsewhere: 'Use another address',
      go: 'Continue',
      back: 'Keep the one you have',
      noMail:
        'No email leaves this installation, so a new address cannot be confirmed here. Whoever looks after Sallyport where you are can change it.',
      toAccount: 'To your account',
    },
    undo: {
      ask: {
        title: 'Bring this address back?',
        lead: 'It becomes the address of your account again. Everybody who is signed in to your account is signed out, you too.',
        go: 'Bring it back',
      },
      back: {
        title: 'Your address is back',
        lead: 'You are signed out everywhere. Whoever changed it could sign in as you: choose another password now, then look through your ways to sign in.',
        on: 'Choose another password',
      },
      taken: {
        title: 'Another account has this address now',
        lead: 'So it cannot come back by itself. Tell whoever looks after Sallyport where you are: they can see what happened.',
        on: 'Go to sign-in',
      },
      gone: {
        title: 'This link does not work any more',
        lead: 'It was used, or three days are over. If somebody else changed your address, tell whoever looks after Sallyport where you are.',
        on: 'Go to sign-in',
      },
    },
  },
  de: {
    change: {
      act: (address: string) => `Ihre Post an ${address} schicken lassen`,
      title: 'Ändern Sie Ihre E-Mail-Adresse',
      lead: (now: ComponentChildren): ComponentChildren => [
        'Jetzt ist es ',
        now,
        '. Dorthin schreiben wir, und mit ihr können Sie sich anmelden.',
      ],
      none: 'Sie haben noch keine. Dorthin schreiben wir, und mit ihr können Sie sich anmelden.',
      field: 'Neue E-Mail-Adresse',
      noAddress: 'Das ist keine E-Mail-Adresse. So sieht eine aus: name@example.org.',
      same: 'Das ist schon Ihre Adresse.',
      taken:
        'Ein anderes Konto hat diese Adresse. Nehmen Sie eine andere, oder fragen Sie, wer sich bei Ihnen um Sallyport kümmert.',
      unavailable: 'Im Moment können wir keine E-Mails senden. Versuchen Sie es in einer Minute wieder.',
      codeTitle: 'Geben Sie den Code aus der E-Mail ein',
      codeLead: ['Er ging an ', '.'],
      elsewhere: 'Andere Adresse nehmen',
      go: 'Weiter',
      back: 'Die jetzige behalten',
      noMail:
        'Hier werden keine E-Mails verschickt, deshalb lässt sich eine neue Adresse nicht bestätigen. Wer sich bei Ihnen um Sallyport kümmert, kann sie ändern.',
      toAccount: 'Zu Ihrem Konto',
    },
    undo: {
      ask: {
        title: 'Diese Adresse zurückholen?',
        lead: 'Sie wird wieder die Adresse Ihres Kontos. Alle, die in Ihrem Konto angemeldet sind, werden abgemeldet, auch Sie.',
        go: 'Zurückholen',
      },
      back: {
        title: 'Ihre Adresse ist zurück',
        lead: 'Sie sind überall abgemeldet. Wer sie geändert hat, konnte sich an Ihrer Stelle anmelden: Wählen Sie jetzt ein anderes Passwort und sehen Sie dann Ihre Anmeldewege durch.',
        on: 'Anderes Passwort wählen',
      },
      taken: {
        title: 'Ein anderes Konto hat diese Adresse inzwischen',
        lead: 'Deshalb kommt sie nicht von selbst zurück. Sagen Sie es denen, die sich bei Ihnen um Sallyport kümmern: Sie sehen, was geschehen ist.',
        on: 'Zur Anmeldung',
      },
      gone: {
        title: 'Dieser Link gilt nicht mehr',
        lead: 'Er wurde benutzt, oder drei Tage sind vorbei. Wenn jemand anderes Ihre Adresse geändert hat, sagen Sie es denen, die sich bei Ihnen um Sallyport kümmern.',
        on: 'Zur Anmeldung',
      },
    },
  },
});
