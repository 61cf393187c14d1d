import type { Gate, LiveMethod } from '../../proving/gate.ts';

/** A second factor whose answer is a code, so that any page can ask for it. */
export interface Kind {
  /** What applications call it. */
  readonly name: string;
  readonly method: string;
  /** Its code is sent, and not made by the person's own device. */
  readonly sends: boolean;
}

/** What the vendor calls where codes go. */
const sentBy = { mail: 'email', sms: 'sms' } as const;

const kindOf = ({ id, reliesOn, typed }: LiveMethod): readonly Kind[] => {
  if (reliesOn === 'mail' || reliesOn === 'sms') return [{ name: sentBy[reliesOn], method: id, sends: true }];
  // What the vendor has no name for is called as it is here.
  return typed ? [{ name: id, method: id, sends: false }] : [];
};

export const kindsIn = ({ methods }: Gate): readonly Kind[] => [...methods.values()].flatMap(kindOf);
