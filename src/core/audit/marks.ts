import { type KeyRing, mark } from '../../kernel/seal.ts';

/** An entry as it lies in its table. */
export interface Row {
  readonly id: string;
  readonly at: number;
  readonly event: string;
  readonly account_id: string | null;
  readonly actor: string;
  /** With `detail` and `salt` what is somebody's own: empty once they were erased. */
  readonly address: string;
  readonly detail: string;
  readonly salt: string;
  /** Empty where it was written before there was a chain, until it is sealed. */
  readonly mark: string;
  /** From one on, without a gap; none while it waits to be sealed. */
  readonly number: number | null;
  readonly chain: string;
}

type Told = Pick<Row, 'id' | 'at' | 'event' | 'account_id' | 'actor'>;
const told = ({ id, at, event, account_id, actor }: Told): readonly string[] => [
  id,
  String(at),
  event,
  account_id ?? '',
  actor,
];

type Unmarked = Omit<Row, 'mark' | 'number' | 'chain'>;

/** Made as the entry is written: nobody writes one, or changes it, who has the database and not the key ring. */
export const markOf = (ring: KeyRing, row: Unmarked): string =>
  mark(ring, 'audit-entry', ...told(row), row.salt, row.address, row.detail);

/** What was there before there were marks gets one as it is sealed, that says so. */
const before = 'before.';
export const markAsOlder = (ring: KeyRing, row: Unmarked): string => `${before}${markOf(ring, row)}`;
export const isOlder = ({ mark: made }: Pick<Row, 'mark'>): boolean => made === '' || made.startsWith(before);

/** Was what is their own erased? Then the mark alone tells that there was something. */
export const isErased = ({ salt, address, detail, mark: made }: Row): boolean =>
  made !== '' && `${salt}${address}${detail}` === '';

/** Is it as it was written? */
export const isAsWritten = (ring: KeyRing, row: Row): boolean =>
  row.mark === (isOlder(row) ? markAsOlder(ring, row) : markOf(ring, row));

/**
 * Ties an entry to all before it. What is somebody's own is in it by its mark alone: that can be erased, and the rest still
 * fits.
 */
export const chainOf = (ring: KeyRing, last: string, number: number, row: Omit<Row, 'number' | 'chain'>): string =>
  mark(ring, 'audit-chain', last, String(number), ...told(row), row.mark);
