import type { ComponentChildren } from 'preact';
import type { Language } from './language.ts';

/** What a card says, in one language: the surface puts the form, the buttons and the frame around it. */
export interface Said {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly body: ComponentChildren;
  /** The words on the one primary button; "Continue" when left out. */
  readonly button?: string;
}

/** `wrong` is what to say about the last answer, beside the field it belongs to. */
export type View = (language: Language, wrong: string | null) => Said;
