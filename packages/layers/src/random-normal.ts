import { checkNumber } from '@nn/tensor';
import type { Initializer } from './initializer.ts';

/**
 * Initial weights that are normally distributed around 0.
 *
 *   W = standardDeviation · N(0, 1)
 *
 * With `randomState(seed)` they are, to the bit, `0.01 * np.random.randn(inputs, neurons)` after `np.random.seed(seed)`.
 * In float32 each draw is rounded before it is scaled.
 *
 * @param standardDeviation  0.01 unless given
 * @throws TypeError, RangeError when the standard deviation is not a finite non-negative number
 * @example String(randomNormal(0.1)([2], randomState(0), 'float32'))   // [0.17640524 0.04001572]
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 3
 */
/* @__NO_SIDE_EFFECTS__ */
export function randomNormal(standardDeviation = 0.01): Initializer {
  const fits = standardDeviation >= 0 && standardDeviation < Infinity;
  const hint = 'Write randomNormal(0.01).';
  checkNumber('randomNormal', 'standardDeviation', standardDeviation, fits, 'a finite non-negative number', hint);
  return (shape, random, dtype) => random.normal(shape, { dtype }).mul(standardDeviation);
}
