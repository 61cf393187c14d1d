import type { ComponentChildren } from 'preact';
import { inEveryLanguage } from '../../ui/language.ts';

type Said = (what: string) => string;

/** What could be lost, as its owner calls it and as it is told to others; `what`: the one thing, by its name. */
interface Things {
  readonly phone: Said;
  readonly device: Said;
  readonly key: Said;
  readonly mailbox: Said;
  readonly paper: Said;
}

/** What a person's ways in hang on: told to them, and to whoever looks after them. */
export const words = inEveryLanguage({
  en: {
    yours: {
      things: {
        phone: () => 'your phone',
        device: (what) => `the device with “${what}”`,
        key: (what) => `“${what}”`,
        mailbox: () => 'your mailbox',
        paper: () => 'your backup codes',
      } as Things,
      all: (thing: string) => `Without ${thing} you could not sign in.`,
      some: (thing: string) => `Without ${thing} you could not get in everywhere.`,
      next: (what: ComponentChildren): ComponentChildren => [' Add a second way: ', what, '.'],
      ask: ' Ask whoever looks after Sallyport where you are for a second way.',
    },
    theirs: {
      things: {
        phone: () => 'their phone',
        device: (what) => `the device with “${what}”`,
        key: (what) => `“${what}”`,
        mailbox: () => 'their mailbox',
        paper: () => 'their backup codes',
      } as Things,
      all: (thing: string) => `Without ${thing} they could not sign in.`,
      some: (thing: string) => `Without ${thing} they could not get in everywhere.`,
      next: (what: ComponentChildren): ComponentChildren => [' They can add: ', what, '.'],
      ask: ' They can add nothing by themselves.',
    },
  },
  de: {
    yours: {
      things: {
        phone: () => 'Ihr Telefon',
        device: (what) => `das Gerät mit „${what}“`,
        key: (what) => `„${what}“`,
        mailbox: () => 'Ihr Postfach',
        paper: () => 'Ihre Ersatzcodes',
      } as Things,
      all: (thing: string) => `Ohne ${thing} kämen Sie nicht mehr hinein.`,
      some: (thing: string) => `Ohne ${thing} kämen Sie nicht mehr überall hinein.`,
      next: (what: ComponentChildren): ComponentChildren => [' Richten Sie einen zweiten Weg ein: ', what, '.'],
      ask: ' Fragen Sie nach einem zweiten Weg, wer bei Ihnen für Sallyport zuständig ist.',
    },
    theirs: {
      things: {
        phone: () => 'ihr Telefon',
        device: (what) => `das Gerät mit „${what}“`,
        key: (what) => `„${what}“`,
        mailbox: () => 'ihr Postfach',
        paper: () => 'ihre Ersatzcodes',
      } as Things,
      all: (thing: string) => `Ohne ${thing} käme die Person nicht mehr hinein.`,
      some: (thing: string) => `Ohne ${thing} käme die Person nicht mehr überall hinein.`,
      next: (what: ComponentChildren): ComponentChildren => [' Sie kann einrichten: ', what, '.'],
      ask: ' Selbst kann sie nichts einrichten.',
    },
  },
});
