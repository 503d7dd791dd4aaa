import { checkNumber, checkOptions, type Tensor, where } from '@nn/tensor';
import { checkStepRandom, type StepRandomOptions } from './dropping.ts';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `rrelu`. */
export interface RreluOptions extends StepRandomOptions {
  /** The smallest slope; 1/8 unless given. */
  readonly low?: number;
  /** The largest slope; 1/3 unless given. */
  readonly high?: number;
}

/**
 * The randomized leaky relu: while a model is trained, each negative number has a random slope.
 *
 *   y = x where x > 0, else a · x      a uniform between `low` and `high`, drawn anew in every step
 *
 * Without `{ training: true }` a = (low + high) / 2. The state of the generator is the buffer `random`, so it is a layer.
 *
 * @throws RangeError, TypeError when an option does not fit
 * @example String(rrelu({ random: stepRandom(0), low: 0.2, high: 0.4 })(tensor([-1, 2])))   // [-0.3  2. ]
 * @see Xu, Wang, Chen, Li, Empirical Evaluation of Rectified Activations in Convolution Network (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function rrelu(options: RreluOptions): Layer<SameShape> {
  const given = checkOptions('rrelu', options ?? {}, ['random', 'low', 'high', 'name']);
  const { random: source, low = 1 / 8, high = 1 / 3, name } = given;
  checkNumber('rrelu', 'low', low, Number.isFinite(low), 'a finite number');
  checkNumber('rrelu', 'high', high, high >= low && high < Infinity, `a finite number from low on, which is ${low}`);
  const random = checkStepRandom('rrelu', source);
  return layer({
    title: 'rrelu',
    name,
    buffers: { random: random.state },
    call(x, { training = false } = {}): Tensor {
      const slope =
        training && low < high ? (random.uniform(x.shape, { low, high }).cast(x.dtype) as Tensor) : (low + high) / 2;
      return where(x.greater(0), x, x.mul(slope as Tensor)) as Tensor;
    },
  }) as unknown as Layer<SameShape>;
}
