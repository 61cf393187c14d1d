import type { Letter as Mail } from '../store/outbox.ts';
import { inEveryLanguage } from '../ui/language.ts';
import type { Letter } from './words.ts';

type For = (name: string) => Mail;

/** What whoever calls the help desk is written, or somebody else who did not call. */
export const letters = inEveryLanguage({
  en: {
    number:
      (number: string): For =>
      (name) => ({
        language: 'en',
        subject: 'Your number for the help desk',
        paragraphs: [
          `Hello ${name},`,
          'are you talking to your help desk? Read them this number, so that they know it is you.',
        ],
        code: number,
        small: ['It works for ten minutes, and signs nobody in. You are not calling them? Then tell it to nobody.'],
      }),
    given:
      (to: string): For =>
      (name) => ({
        language: 'en',
        subject: 'A temporary code was given out for you: stop it if you did not call',
        paragraphs: [
          `Hello ${name},`,
          'your help desk has read out a code to somebody who said that they are you. For an hour it takes the place of what you confirm your sign-in with. It works once, and only together with your password.',
          'You did not call? Then stop it now: it ends, and so does whatever it opened.',
        ],
        link: { to, words: 'Stop it' },
      }),
  },
  de: {
    number:
      (number: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Ihre Nummer für den Helpdesk',
        paragraphs: [
          `Guten Tag ${name},`,
          'sprechen Sie gerade mit Ihrem Helpdesk? Lesen Sie dort diese Nummer vor, damit man weiß, dass Sie es sind.',
        ],
        code: number,
        small: [
          'Sie gilt zehn Minuten und meldet niemanden an. Sie rufen dort gar nicht an? Dann sagen Sie sie niemandem.',
        ],
      }),
    given:
      (to: string): For =>
      (name) => ({
        language: 'de',
        subject: 'Für Sie wurde ein vorläufiger Code ausgegeben: Halten Sie ihn auf, wenn Sie nicht angerufen haben',
        paragraphs: [
          `Guten Tag ${name},`,
          'Ihr Helpdesk hat jemandem, der sagt, dass er Sie ist, einen Code vorgelesen. Eine Stunde lang ersetzt er das, womit Sie Ihre Anmeldung bestätigen. Er gilt einmal und nur zusammen mit Ihrem Passwort.',
          'Sie haben nicht angerufen? Dann halten Sie ihn jetzt auf: Er endet, und was er geöffnet hat, auch.',
        ],
        link: { to, words: 'Aufhalten' },
      }),
  },
});

/** What all who answer for the house are written. */
export const warnings = inEveryLanguage<{ stopped(who: string): Letter }>({
  en: {
    stopped: (who) => ({
      subject: `A temporary code for ${who} was stopped`,
      body: (name) =>
        `Hello ${name},\n\n${who} says that they asked for no temporary code: whoever did may have pretended to be them. The code is over, and ${who} is signed out everywhere. The activity on their page says who gave it out.\n`,
    }),
  },
  de: {
    stopped: (who) => ({
      subject: `Ein vorläufiger Code für ${who} wurde aufgehalten`,
      body: (name) =>
        `Guten Tag ${name},\n\n${who} sagt, keinen vorläufigen Code verlangt zu haben: Vielleicht gab sich jemand dafür aus. Der Code ist zu Ende, und ${who} ist überall abgemeldet. Wer ihn ausgab, steht auf der Seite der Person unter den Ereignissen.\n`,
    }),
  },
});
