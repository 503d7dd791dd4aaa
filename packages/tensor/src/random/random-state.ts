import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { drawing } from './drawing.ts';
import { mersenneSource } from './mersenne-source.ts';
import { checkSeed } from './parameter.ts';
import type { Random } from './random.ts';

/** NumPy's `RandomState`: the stream of `np.random.seed(…)`. */
export interface RandomState extends Random {
  /**
   * Uniform in [0, 1), as `np.random.rand(2, 3)`, rounded to float32.
   *
   * @example String(randomState(0).rand(3))   // [0.5488135  0.71518934 0.60276335]
   */
  rand(): number;
  rand<const S extends number[]>(...shape: S): Tensor<S>;
  /**
   * Normal with mean 0 and deviation 1, as `np.random.randn(2, 3)`, rounded to float32.
   *
   * @example String(randomState(0).randn(3))   // [1.7640524 0.4001572 0.978738 ]
   */
  randn(): number;
  randn<const S extends number[]>(...shape: S): Tensor<S>;
}

/**
 * NumPy's `RandomState(seed)`, the generator behind `np.random.seed(seed)`: the same draws.
 *
 * Words, uniforms, whole numbers and float32 normals agree to the bit; four in 10,000 float64 normals differ by a unit
 * or two in the last place, where the logarithm of NumPy's C library is not correctly rounded and ours is.
 *
 * Words come from the Mersenne Twister, normals from the polar method. Draws are made in float64 and rounded to the
 * dtype asked for, as `np.random.randn(…).astype(np.float32)`. For a program that does not follow NumPy's older code,
 * `generator` is the better one.
 *
 * @param seed  a whole number from 0 to 2³² − 1, or an array of such; an array of one is that one, as in NumPy
 * @throws RangeError when a seed is negative, a fraction, NaN or too large
 * @throws TypeError when it is no number, or the array is empty
 * @example String(randomState(0).randn(2, 2))   // [[1.7640524 0.4001572]\n [0.978738  2.2408931]]
 * @see https://numpy.org/doc/stable/reference/random/legacy.html
 */
/* @__NO_SIDE_EFFECTS__ */
export function randomState(seed: number | readonly number[]): RandomState {
  const words: readonly number[] = Array.isArray(seed) && seed.length > 0 ? seed : [seed];
  for (const word of words) checkSeed('randomState', word, 2 ** 32 - 1);
  const random = drawing(mersenneSource(words));
  const { uniform, normal } = random;
  const spread =
    (draw: (shape?: Shape) => number | Tensor) =>
    (...shape: number[]) =>
      draw(shape.length > 0 ? shape : undefined);
  return Object.assign(random, { rand: spread(uniform), randn: spread(normal) }) as RandomState;
}
