import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { checkStepRandom, type StepRandomOptions } from './dropping.ts';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Noise on every number while a model is trained, so that it does not learn single samples by heart.
 *
 *   y = x + standardDeviation · N(0, 1)      drawn anew in every step
 *
 * Without `{ training: true }` y = x. The state of the generator is the buffer `random`.
 *
 * @param standardDeviation  how large the noise is
 * @throws RangeError, TypeError when the standard deviation or an option does not fit
 * @example String(gaussianNoise(0.1, { random: stepRandom(0) })(ones([3])))   // [1. 1. 1.]
 * @see Bishop, Training with Noise is Equivalent to Tikhonov Regularization (1995)
 */
/* @__NO_SIDE_EFFECTS__ */
export function gaussianNoise(standardDeviation: number, options: StepRandomOptions): Layer<SameShape> {
  const caller = `gaussianNoise(${standardDeviation})`;
  const { random: given, name } = checkOptions('gaussianNoise', options ?? {}, ['random', 'name']);
  const fits = standardDeviation >= 0 && standardDeviation < Infinity;
  checkNumber('gaussianNoise', 'standardDeviation', standardDeviation, fits, 'a finite non-negative number');
  const random = checkStepRandom(caller, given);
  return layer({
    title: caller,
    name,
    buffers: { random: random.state },
    call(x, { training = false } = {}): Tensor {
      if (!training || standardDeviation === 0) return x;
      return x.add(random.normal(x.shape, { standardDeviation }).cast(x.dtype) as Tensor);
    },
  }) as unknown as Layer<SameShape>;
}
