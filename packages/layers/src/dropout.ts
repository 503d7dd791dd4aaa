import { where } from '@nn/tensor';
import { dropping, type StepRandomOptions } from './dropping.ts';
import type { Layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Dropout: while a model is trained, each number is 0 with probability `rate`, so that no neuron relies on another.
 *
 *   y = x · m / (1 − rate)   with m = 1 with probability 1 − rate, else 0, drawn anew in every step
 *
 * The division keeps the expected value, so that nothing is scaled later: without `{ training: true }` y = x. Masks have the
 * same bits eager and compiled. The state of the generator is the buffer `random`, so a saved model goes on with the same
 * masks.
 *
 * @param rate  the share of numbers that become 0, from 0 to below 1
 * @throws RangeError, TypeError when the rate or an option does not fit
 * @example String(dropout(0.5, { random: stepRandom(0) })(ones([3])))   // [1. 1. 1.]
 * @see Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, Dropout (2014)
 */
/* @__NO_SIDE_EFFECTS__ */
export function dropout(rate: number, options: StepRandomOptions): Layer<SameShape> {
  return dropping(
    'dropout',
    rate,
    options,
    (x) => x.shape,
    (x, stays) => where(stays, x.div(1 - rate), 0),
  );
}
