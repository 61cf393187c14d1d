import { canonical } from './canonical.ts';

/** No spaces, nothing unseen: a name that looks like another is another's. */
export const isUsername = (text: string): boolean => /^[^\s\p{C}]{1,64}$/u.test(text);
export const isMailAddress = (text: string): boolean => /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(text) && text.length <= 254;

/** Every name somebody answers to, in the one form it is kept in: no two people share one. */
export const namesOf = ({ username, email }: { username: string; email: string | null }): readonly string[] => [
  ...new Set([username, ...(email === null ? [] : [email])].map(canonical)),
];
