/**
 * Gives the seed back when it is one.
 *
 * @throws RangeError when it is negative, a fraction, NaN or larger than `largest`
 * @throws TypeError when it is no number
 */
export function checkSeed(seed: number, largest: number, asked: string): number {
  if (typeof seed !== 'number') {
    throw new TypeError(
      `${asked}: a seed is a whole number, or an array of them, got ${String(seed)}. Write ${asked}(0): 0 is a seed like any other.`,
    );
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > largest) {
    throw new RangeError(
      `${asked}: a seed must be a whole number from 0 to ${largest}, got ${seed}. ` +
        `Larger seeds go in as an array of 32-bit words.`,
    );
  }
  return seed;
}
