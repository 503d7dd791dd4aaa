import { checkTensor } from '@nn/tensor';
import { checkPositive } from './check-positive.ts';
import { type Gradients, mapNested } from './nested.ts';

/**
 * Gradients with each number limited to an interval.
 *
 *   g ← min(max(g, −limit), limit)
 *
 * @param gradients  tensors by name, also in records of records
 * @param limit      above 0
 * @returns          gradients in the same arrangement
 * @throws RangeError, TypeError when the limit is not above 0
 * @example String(clipByValue({ w: tensor([-3, 0.5, 2]) }, 1)['w'])   // [-1.   0.5  1. ]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §10.11.1
 */
export function clipByValue<G extends Gradients>(gradients: G, limit: number): G {
  checkPositive('clipByValue', 'limit', limit);
  return mapNested(gradients, (gradient) => checkTensor(gradient, 'clipByValue').clip(-limit, limit));
}
