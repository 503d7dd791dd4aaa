import { checkPositive } from './check-positive.ts';
import { globalNorm } from './global-norm.ts';
import { type Gradients, mapNested } from './nested.ts';

/**
 * Gradients with each tensor scaled so that its Euclidean norm is at most a limit.
 *
 *   g ← g · min(1, limit / ‖g‖)
 *
 * @param gradients  tensors by name, also in records of records
 * @param limit      above 0
 * @returns          gradients in the same arrangement
 * @throws RangeError, TypeError when the limit is not above 0
 * @example String(clipByNorm({ w: tensor([30, 40]), b: tensor([0.5]) }, 5)['w'])   // [3. 4.]
 * @see Keras: clipnorm
 */
export function clipByNorm<G extends Gradients>(gradients: G, limit: number): G {
  checkPositive('clipByNorm', 'limit', limit);
  return mapNested(gradients, (gradient) =>
    gradient.mul(globalNorm({ gradient }).pow(-1).mul(limit).minimum(1).cast(gradient.dtype)),
  );
}
