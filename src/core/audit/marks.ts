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
  /** Empty where it was written before there was a chain. */
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

/** Made as the entry is written: nobody writes one, or changes it, who has the database and not the key ring. */
export const markOf = (ring: KeyRing, row: Omit<Row, 'mark' | 'number' | 'chain'>): string =>
  mark(ring, 'audit-entry', ...told(row), row.salt, row.address, row.detail);

/**
 * Ties an entry to all before it. What is somebody's own is in it by its mark alone: that can be erased, and the rest still
 * fits. An entry from before there were marks is in it whole.
 */
export const chainOf = (ring: KeyRing, before: string, number: number, row: Omit<Row, 'number' | 'chain'>): string => {
  const content = row.mark === '' ? [row.address, row.detail] : [row.mark];
  return mark(ring, 'audit-chain', before, String(number), ...told(row), ...content);
};
