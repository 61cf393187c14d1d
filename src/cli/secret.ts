import { systemChance } from '../kernel/chance.ts';
import { hashOf, newSecret } from '../kernel/ids.ts';

/** A new secret for an application, and its hash for the configuration: Sallyport keeps no more than that. */
export function makeSecret(): void {
  const secret = newSecret(systemChance);
  console.log(`For the application, shown this once:\n${secret}`);
  console.log(`For the configuration, under its secretHashes:\n${hashOf(secret)}`);
}
