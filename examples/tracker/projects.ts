/** Everybody has one until they delete it. In memory: it is a demonstration. */
export class Projects {
  readonly #deleted = new Set<string>();

  has(sub: string): boolean {
    return !this.#deleted.has(sub);
  }

  delete(sub: string): void {
    this.#deleted.add(sub);
  }

  restore(sub: string): void {
    this.#deleted.delete(sub);
  }
}
