/**
 * The Mersenne Twister MT19937: 32-bit words from a state of 624.
 *
 * @see M. Matsumoto, T. Nishimura, Mersenne Twister (1998)
 */
export class Mt19937 {
  readonly key: Int32Array;
  /** How many words of the key are used up; at 624 it is twisted anew. */
  position: number;

  constructor(key: Int32Array, position: number) {
    this.key = key;
    this.position = position;
  }

  /** The next 32-bit word, as a whole number from 0 to 2³² − 1. */
  word(): number {
    if (this.position === 624) {
      twist(this.key);
      this.position = 0;
    }
    let word = this.key[this.position++] as number;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }
}

function twist(key: Int32Array): void {
  for (let index = 0; index < 624; index++) {
    const next = index < 623 ? index + 1 : 0;
    const far = index < 227 ? index + 397 : index - 227;
    const mixed = ((key[index] as number) & 0x80000000) | ((key[next] as number) & 0x7fffffff);
    key[index] = (key[far] as number) ^ (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df);
  }
}

/** The key of one seed word: what NumPy makes of `seed(7)`. */
export function keyOfWord(seed: number): Int32Array {
  const key = new Int32Array(624);
  let last = seed | 0;
  key[0] = last;
  for (let index = 1; index < 624; index++) {
    last = (Math.imul(last ^ (last >>> 30), 1812433253) + index) | 0;
    key[index] = last;
  }
  return key;
}

/** The key of a list of seed words: what NumPy makes of `seed([7, 8])`. */
export function keyOfWords(seed: readonly number[]): Int32Array {
  const key = keyOfWord(19650218);
  let index = 1;
  let last = key[0] as number;
  const advance = (value: number): void => {
    last = value | 0;
    key[index++] = last;
    if (index === 624) {
      key[0] = last;
      index = 1;
    }
  };
  for (let step = 0; step < Math.max(624, seed.length); step++) {
    const from = step % seed.length;
    advance(((key[index] as number) ^ Math.imul(last ^ (last >>> 30), 1664525)) + (seed[from] as number) + from);
  }
  for (let step = 0; step < 623; step++) {
    advance(((key[index] as number) ^ Math.imul(last ^ (last >>> 30), 1566083941)) - index);
  }
  key[0] = 0x80000000;
  return key;
}
