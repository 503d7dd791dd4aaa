/** Where the Mersenne Twister stands, and the second number of a pair of normals that was made from it. */
export interface Mt19937 {
  readonly generator: 'mt19937';
  readonly key: Uint32Array;
  /** How many words of the key are used up; at 624 it is twisted anew. */
  position: number;
  /** Still to be given; NaN when there is none, so that the engine finds a float64 at all times. */
  normal: number;
}

/**
 * The Mersenne Twister MT19937, 32-bit words from a state of 624: makes the next 624 words out of the last.
 *
 * @see M. Matsumoto, T. Nishimura, Mersenne Twister (1998)
 */
export function twist(key: Uint32Array): void {
  for (let index = 0; index < 624; index++) {
    const next = key[index < 623 ? index + 1 : 0] as number;
    const far = key[index < 227 ? index + 397 : index - 227] as number;
    const mixed = ((key[index] as number) & 0x80000000) | (next & 0x7fffffff);
    key[index] = far ^ (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df);
  }
}

/** A word of the state as it is given out: its bits spread evenly. */
export function tempered(word: number): number {
  let bits = word ^ (word >>> 11);
  bits ^= (bits << 7) & 0x9d2c5680;
  bits ^= (bits << 15) & 0xefc60000;
  return (bits ^ (bits >>> 18)) >>> 0;
}

/** The state that NumPy starts from with `seed(7)` or `seed([7, 8])`; a list of one word is that word. */
export function seededKey(seed: readonly number[]): Uint32Array {
  const single = seed.length === 1;
  const key = new Uint32Array(624);
  key[0] = single ? (seed[0] as number) : 19650218;
  // Goes round the words 1 … 623; each is mixed with the one changed last.
  let index = 1;
  let last = key[0];
  const stir = (multiplier: number, added: number): void => {
    last = ((key[index] as number) ^ Math.imul(last ^ (last >>> 30), multiplier)) + added;
    key[index] = last;
    index = (index % 623) + 1;
  };
  for (let step = 0; step < 623; step++) stir(1812433253, index);
  if (!single) {
    last = key[0];
    for (let step = 0; step < Math.max(624, seed.length); step++) {
      const from = step % seed.length;
      stir(1664525, (seed[from] as number) + from);
    }
    for (let step = 0; step < 623; step++) stir(1566083941, -index);
    key[0] = 0x80000000;
  }
  return key;
}
