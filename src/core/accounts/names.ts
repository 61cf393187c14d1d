import { canonical } from './canonical.ts';

/** No spaces, nothing unseen: a name that looks like another is another's. */
export const goodName = /^[^\s\p{C}]{1,64}$/u;
export const goodEmail = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

/** Every name somebody answers to, in the one form it is kept in: no two people share one. */
export const namesOf = ({ username, email }: { username: string; email: string | null }): readonly string[] => [
  ...new Set([username, ...(email === null ? [] : [email])].map(canonical)),
];
