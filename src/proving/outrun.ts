/**
 * Thrown to roll back what something else was faster with: another answer to the attempt, the end of its session, another
 * use of the code that a set-up rests on.
 */
export class Outrun extends Error {}
