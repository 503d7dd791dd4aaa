import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkPositive } from './check-positive.ts';
import { globalNorm, type GlobalNormOptions } from './global-norm.ts';
import { type Gradients, mapNested } from './nested.ts';

/** Options of `clipByGlobalNorm`. */
export interface ClipByGlobalNormOptions extends GlobalNormOptions {
  /** Added to the norm. Default 0 (PyTorch: 1e-6). */
  readonly epsilon?: number;
}

/**
 * Gradients scaled together so that their norm is at most a limit. The direction of the step stays.
 *
 *   g ← g · min(1, limit / (globalNorm(gradients) + ε))
 *
 * @param gradients        tensors by name, also in records of records
 * @param limit            above 0
 * @param options.order    the order of the norm, default 2
 * @param options.epsilon  ε, default 0
 * @returns                gradients in the same arrangement
 * @throws RangeError, TypeError when the limit or an option is out of range
 * @example String(clipByGlobalNorm({ w: tensor([30]), b: tensor([40]) }, 5)['w'])   // [3.]
 * @see Pascanu, Mikolov, Bengio, On the difficulty of training recurrent neural networks (2013)
 */
export function clipByGlobalNorm<G extends Gradients>(
  gradients: G,
  limit: number,
  options: ClipByGlobalNormOptions = {},
): G {
  const { epsilon = 0, ...norm } = checkOptions('clipByGlobalNorm', options, ['order', 'epsilon']);
  checkPositive('clipByGlobalNorm', 'limit', limit);
  checkNonNegative('clipByGlobalNorm', 'epsilon', epsilon);
  const scale = globalNorm(gradients, norm).add(epsilon).pow(-1).mul(limit).minimum(1);
  return mapNested(gradients, (gradient) => gradient.mul(scale.cast(gradient.dtype)));
}
