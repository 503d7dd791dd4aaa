import { checkNumber } from '../errors.ts';
import { checkSeed } from './draw.ts';

/**
 * Well-mixed words from any seed, and independent sequences as its children.
 *
 * @see M. E. O'Neill, Developing a seed_seq alternative (2015); NumPy's SeedSequence
 */
export interface SeedSequence {
  /** `count` well-mixed 32-bit words, always the same. */
  words(count: number): Uint32Array;
  /**
   * Independent sequences, say one for each worker.
   *
   * @throws RangeError when `count` is not a non-negative integer
   * @example seedSequence(0).spawn(2)[0].words(1)[0]   // 3757552657
   */
  spawn(count: number): SeedSequence[];
}

/**
 * NumPy's `SeedSequence(seed)`.
 *
 * @param seed  a non-negative integer, a bigint for more than 2⁵³, or an array of such
 * @throws RangeError when a seed is negative, a fraction, NaN, or too large for a number
 * @throws TypeError when it is no number at all
 * @example seedSequence(0).words(1)[0]   // 2968811710
 */
/* @__NO_SIDE_EFFECTS__ */
export function seedSequence(seed: number | bigint | readonly (number | bigint)[]): SeedSequence {
  return sequenceOf(seed, 'seedSequence');
}

/** `seedSequence`, with the name of the caller in its errors. */
export function sequenceOf(seed: number | bigint | readonly (number | bigint)[], caller: string): SeedSequence {
  return descendant(
    (Array.isArray(seed) ? seed : [seed]).flatMap((one) => wordsOf(one, caller)),
    [],
  );
}

function descendant(entropy: readonly number[], path: readonly number[]): SeedSequence {
  // A short seed is padded, so that it cannot be confused with the path of a child.
  const padded = path.length > 0 ? [...entropy, ...[0, 0, 0, 0].slice(entropy.length)] : entropy;
  const pool = mix([...padded, ...path]);
  let children = 0;
  return {
    words(count) {
      const words = new Uint32Array(count);
      let multiplier = 0x8b51f9dd;
      for (let index = 0; index < count; index++) {
        let word = (pool[index & 3] as number) ^ multiplier;
        multiplier = Math.imul(multiplier, 0x58f38ded);
        word = Math.imul(word, multiplier);
        words[index] = word ^ (word >>> 16);
      }
      return words;
    },
    spawn(count) {
      const fits = Number.isInteger(count) && count >= 0;
      const hint = 'Write spawn(4) for four.';
      checkNumber('spawn', 'the number of children', count, fits, 'a non-negative integer', hint);
      return Array.from({ length: count }, () => descendant(entropy, [...path, children++]));
    },
  };
}

/** The entropy mixed into four words, each of which depends on all of it. */
function mix(entropy: readonly number[]): Uint32Array {
  let multiplier = 0x43b0d7e5;
  const hash = (value: number): number => {
    const word = value ^ multiplier;
    multiplier = Math.imul(multiplier, 0x931e8875);
    const product = Math.imul(word, multiplier);
    return product ^ (product >>> 16);
  };
  const blend = (into: number, word: number): number => {
    const sum = Math.imul(into, 0xca01f9dd) - Math.imul(word, 0x4973f715);
    return sum ^ (sum >>> 16);
  };
  const pool = new Uint32Array(4);
  for (let index = 0; index < 4; index++) pool[index] = hash(entropy[index] ?? 0);
  for (let from = 0; from < 4; from++) {
    for (let into = 0; into < 4; into++) {
      if (from !== into) pool[into] = blend(pool[into] as number, hash(pool[from] as number));
    }
  }
  for (const word of entropy.slice(4)) {
    for (let into = 0; into < 4; into++) pool[into] = blend(pool[into] as number, hash(word));
  }
  return pool;
}

/** A seed as 32-bit words, lowest first. */
function wordsOf(seed: number | bigint, caller: string): number[] {
  if (typeof seed !== 'bigint') checkSeed(caller, seed, Number.MAX_SAFE_INTEGER);
  else if (seed < 0n) throw new RangeError(`${caller}: a seed cannot be negative, got ${seed}. Use ${-seed}.`);
  const words: number[] = [];
  let rest = BigInt(seed);
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}
