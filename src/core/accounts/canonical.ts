/**
 * The one form of a typed name: `Ann`, ` ANN` and their full-width twin are the same person, so they share one account,
 * one policy and one budget of guesses (T17, T18).
 */
export const canonical = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase().normalize('NFKC');
