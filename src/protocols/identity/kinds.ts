import type { Gate, LiveMethod } from '../../proving/gate.ts';

/** A second factor whose answer is a code, so that any page can ask for it. */
export interface Kind {
  /** What applications call it. */
  readonly name: string;
  readonly method: string;
  /** What a place is called that its code is sent to; null: nothing is sent. */
  readonly sentTo: string | null;
}

/** What the vendor calls codes that are sent, and where they go. */
const sentBy = { mail: { name: 'email', sentTo: 'email' }, sms: { name: 'sms', sentTo: 'phone_number' } } as const;

const kindOf = ({ id, reliesOn, typed }: LiveMethod): readonly Kind[] => {
  if (reliesOn === 'mail' || reliesOn === 'sms') return [{ ...sentBy[reliesOn], method: id }];
  // What the vendor has no name for is called as it is here.
  return typed ? [{ name: id, method: id, sentTo: null }] : [];
};

export const kindsIn = ({ methods }: Gate): readonly Kind[] => [...methods.values()].flatMap(kindOf);
