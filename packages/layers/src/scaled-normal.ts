import type { Initializer } from './initializer.ts';

/**
 * Starts with small normal numbers: scale · N(0, 1).
 *
 * With `randomState(seed)` these are, to the bit, `scale * np.random.randn(inputs, neurons)` after `np.random.seed(seed)`;
 * in float32 the draw is rounded before it is scaled.
 *
 * @param scale  0.01 unless told otherwise
 * @example String(scaledNormal(0.1)([2], randomState(0), 'float32'))   // [0.17640524 0.04001572]
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 3
 */
/* @__NO_SIDE_EFFECTS__ */
export function scaledNormal(scale = 0.01): Initializer {
  return (shape, random, dtype) => random.normal(shape, { dtype }).mul(scale);
}
