import { Browser } from '../test/support/browser.ts';
import { typeName, typePassword } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { median } from './measure.ts';

/** Two hundred pairs, one of each in turn, so that whatever slows the machine slows both. */
const pairs = 200;
/** Fewer than bring a wait about. */
const guessesEach = 4;

const sallyport = await benchHouse();
for (let n = 0; n < pairs / guessesEach; n++) await sallyport.person(`somebody-${n}`);

async function timed(name: string): Promise<number> {
  const browser = await typeName(new Browser(sallyport.app), name);
  const start = performance.now();
  await typePassword(browser, 'not the password of anybody');
  return performance.now() - start;
}

const known: number[] = [];
const unknown: number[] = [];
for (let n = 0; n < pairs; n++) {
  const which = Math.floor(n / guessesEach);
  known.push(await timed(`somebody-${which}`));
  unknown.push(await timed(`nobody-${which}`));
}
await sallyport.close();

const [somebody, nobody] = [median(known), median(unknown)];
console.log(`wrong password, somebody's name   ${somebody.toFixed(2)} ms (median of ${pairs})`);
console.log(`wrong password, nobody's name     ${nobody.toFixed(2)} ms`);
console.log(`difference                        ${Math.abs(somebody - nobody).toFixed(2)} ms (aim: below 5)`);
console.log(`Mann-Whitney, two-sided p         ${mannWhitney(known, unknown).toFixed(3)} (aim: above 0.01)`);

/** The chance of so uneven an order if both came from one source: normal approximation, good from twenty values on. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const wins = a
    .flatMap((x) => b.map((y): number => (x > y ? 1 : x === y ? 0.5 : 0)))
    .reduce((sum, one) => sum + one, 0);
  const mean = (a.length * b.length) / 2;
  const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  return 2 * (1 - normal(Math.abs(wins - mean) / spread));
}

/** The standard normal distribution (Abramowitz and Stegun, 26.2.17). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = series.reduce((total, factor, power) => total + factor * t ** (power + 1), 0);
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
