import { checkNumber, checkOptions, type StepRandom, where } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `dropout`. */
export interface DropoutOptions {
  /** Draws the masks: `stepRandom(seed)`, whose state moves on inside compiled steps, too. */
  readonly random: StepRandom;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
}

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
export function dropout(rate: number, options: DropoutOptions): Layer<SameShape> {
  const caller = `dropout(${rate})`;
  const { random, name } = checkOptions('dropout', options ?? {}, ['random', 'name']);
  checkNumber('dropout', 'rate', rate, rate >= 0 && rate < 1, 'a number from 0 to below 1', 'Write dropout(0.5, …).');
  if (typeof random?.bernoulli !== 'function') {
    throw new TypeError(
      `${caller}: random must be a generator for steps, got ${random === undefined ? 'none' : typeof random}. ` +
        `Write { random: stepRandom(seed) }.`,
    );
  }
  return layer({
    title: caller,
    name,
    buffers: { random: random.state },
    call(x, { training = false } = {}) {
      if (!training || rate === 0) return x;
      return where(random.bernoulli(1 - rate, x.shape), x.div(1 - rate), 0);
    },
  }) as unknown as Layer<SameShape>;
}
