/** No spaces, nothing unseen: a name that looks like another is another's. */
export const isUsername = (text: string): boolean => /^[^\s\p{C}]{1,64}$/u.test(text);
export const isMailAddress = (text: string): boolean => /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(text) && text.length <= 254;
