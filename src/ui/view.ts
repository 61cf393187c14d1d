import type { ComponentChildren } from 'preact';
import type { Language } from './language.ts';

/** What a card says, in one language: the surface puts the form, the buttons and the frame around it. */
export interface Said {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly body: ComponentChildren;
  /** Beside the primary button and after it, inside the form: so that Enter still means the primary one. */
  readonly also?: ComponentChildren;
  /** A module of the build that this page runs besides the common one. */
  readonly script?: string;
  /** The page waits for somebody elsewhere: looked at again every so many seconds, sent on once it is settled. */
  readonly waits?: { readonly every: number; readonly settled: boolean };
  /** The words on the one primary button; "Continue" when left out. */
  readonly button?: string;
}

/** `wrong` is what to say about the last answer, beside the field it belongs to. */
export type View = (language: Language, wrong: string | null) => Said;

/** What a page does on the side, where scripts run; nothing of it shows. */
export type Errand = Required<Pick<Said, 'body' | 'script'>>;
