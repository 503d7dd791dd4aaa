import { drawing } from './drawing.ts';
import { seededPcg64 } from './pcg64.ts';
import { pcgSource } from './pcg-source.ts';
import type { Random } from './random.ts';
import { type SeedSequence, sequenceOf } from './seed-sequence.ts';

/**
 * NumPy's `default_rng(seed)`: the same draws, to the bit but for about one normal or exponential in a million, which
 * differs by a unit in the last place.
 *
 * Words come from PCG64, normals and exponentials from ziggurats; float32 has streams of its own, which take half as
 * many words. The better choice for new programs.
 *
 * @param seed  a whole number from 0 on, a bigint for more than 2⁵³, an array of such, or a `seedSequence`
 * @throws RangeError when a seed is negative, a fraction, NaN, or too large for a number
 * @throws TypeError when it is no number
 * @example generator(42).uniform()   // 0.7739560485559633
 * @see https://numpy.org/doc/stable/reference/random/generator.html
 */
/* @__NO_SIDE_EFFECTS__ */
export function generator(seed: number | bigint | readonly (number | bigint)[] | SeedSequence): Random {
  const isSequence = typeof seed === 'object' && seed !== null && 'spawn' in seed;
  return drawing(pcgSource(seededPcg64(isSequence ? seed : sequenceOf(seed, 'generator'))));
}
