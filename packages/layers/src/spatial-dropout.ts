import { ShapeError, showShape, where } from '@nn/tensor';
import { dropping, type StepRandomOptions } from './dropping.ts';
import type { Layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Dropout of whole channels: while a model is trained, each channel of each sample is 0 with probability `rate`. Neighbouring
 * pixels are so alike that dropout of single numbers hides little.
 *
 *   y[n, c, …] = x[n, c, …] · m[n, c] / (1 − rate)   with m = 1 with probability 1 − rate, else 0, drawn anew in every step
 *
 * Without `{ training: true }` y = x. The state of the generator is the buffer `random`.
 *
 * @param rate  the share of channels that become 0, from 0 to below 1
 * @returns     a layer that keeps the shape [N, channels, …]
 * @throws RangeError, TypeError when the rate or an option does not fit
 * @throws ShapeError when x has no axis of channels
 * @example String(spatialDropout(0.5, { random: stepRandom(0) })(ones([1, 2, 2])))   // [[[1. 1.]\n  [1. 1.]]]
 * @see Tompson et al., Efficient Object Localization Using Convolutional Networks (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function spatialDropout(rate: number, options: StepRandomOptions): Layer<SameShape> {
  return dropping(
    'spatialDropout',
    rate,
    options,
    ({ shape }, caller) => {
      if (shape.length > 1) return shape.map((length, axis) => (axis < 2 ? length : 1));
      throw new ShapeError(`${caller} expects x of shape [N, channels, …], got ${showShape(shape)}. Use dropout.`);
    },
    (x, stays) => where(stays, x.div(1 - rate), 0),
  );
}
