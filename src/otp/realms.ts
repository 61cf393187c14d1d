/** The realm of all applications that have none of their own. */
export const shared = '';

/** A PIN of a realm is taken there. @param realm undefined: on a person's own pages, where all of theirs are */
export const isTakenIn = (realm: string | undefined, one: { readonly realm?: string }): boolean =>
  realm === undefined || one.realm === undefined || one.realm === realm;
