/** Why a message is not answered: stable words, for whoever looks after the application that sent it. */
export type Reason =
  | 'unreadable'
  | 'malformed'
  | 'unknown-issuer'
  | 'unsigned'
  | 'signature'
  | 'destination'
  | 'too-old'
  | 'unknown-consumer'
  | 'binding'
  | 'replayed';

/** Thrown where a message cannot be gone on with: nothing in it says safely where an answer would go. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly because: Reason;
  /** Whose message it says it is, where we know such an application. */
  readonly by: string | null;
  constructor(because: Reason, by: string | null = null) {
    super(because);
    this.because = because;
    this.by = by;
  }
}
