import { where } from '@nn/tensor';
import { dropping, type StepRandomOptions } from './dropping.ts';
import type { Layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

// Where the activation selu ends for large negative numbers: −scale · alpha.
const saturation = -1.7580993408473766;

/**
 * Dropout for networks with `selu`: mean 0 and variance 1 stay.
 *
 *   y = a · (x where it stays, else s) + b      s = −1.7580993…, where selu ends
 *   a = 1 / √(q + s² · q · (1 − q)),   b = −a · (1 − q) · s,   q = 1 − rate
 *
 * Without `{ training: true }` y = x. The state of the generator is the buffer `random`.
 *
 * @param rate  the share of numbers that become s, from 0 to below 1
 * @throws RangeError, TypeError when the rate or an option does not fit
 * @example String(alphaDropout(0.5, { random: stepRandom(0) })(ones([3])))   // [1. 1. 1.]
 * @see Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017)
 */
/* @__NO_SIDE_EFFECTS__ */
export function alphaDropout(rate: number, options: StepRandomOptions): Layer<SameShape> {
  const q = 1 - rate;
  const a = 1 / Math.sqrt(q + saturation ** 2 * q * rate);
  return dropping(
    'alphaDropout',
    rate,
    options,
    (x) => x.shape,
    (x, stays) =>
      where(stays, x, saturation)
        .mul(a)
        .add(-a * rate * saturation),
  );
}
