/** Where sealed values stand: `keys rotate` walks these. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column whose value names the row, as in the seal's place. */
  readonly key: string;
}
