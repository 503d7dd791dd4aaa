import { full, type Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { type Schedule, scheduled } from './learning-rate.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `sgd`. */
export interface SgdOptions extends OptimizerOptions {
  /** The part of the last update that is added to the next, or a schedule of it. Default 0. */
  readonly momentum?: number | Schedule;
  /** Applies the momentum of the next step in advance. Default false. */
  readonly nesterov?: boolean;
  /** Multiplies every gradient but the first by 1 − dampening before it is added to the momentum. Default 0. */
  readonly dampening?: number;
  /**
   * What the momentum accumulates: `updates` (the book, Keras), each with the learning rate of its own step; or
   * `gradients` (PyTorch), all with the current rate. They differ only while the rate changes. Default `updates`.
   */
  readonly momentumOf?: 'updates' | 'gradients';
}

/**
 * Stochastic gradient descent: moves against the gradient.
 *
 *   θ ← θ − η·g                                     without momentum
 *   v ← μ·v + η·g,  θ ← θ − v                       with momentum μ
 *   v ← μ·v + η·g,  θ ← θ − (μ·v + η·g)             with Nesterov momentum
 *
 * where η = learningRate / (1 + decay · iteration). A denormal v is set to 0: that of a gradient that stays 0 reaches 0.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 1
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, an option is unknown, or nesterov is used without momentum or with
 * dampening
 * @example
 * const w = variable(tensor([1, 2]));
 * sgd({ w }, { learningRate: 0.5 }).step({ w: tensor([1, -1]) });
 * String(w)   // [0.5 2.5]
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 10
 * @see Sutskever, Martens, Dahl, Hinton, On the importance of initialization and momentum in deep learning (2013)
 */
/* @__NO_SIDE_EFFECTS__ */
export function sgd(parameters: NestedVariables, options: Grouped<SgdOptions> = {}): Optimizer {
  return optimizer<SgdOptions>(
    {
      name: 'sgd',
      options: [...optimizerOptions, 'momentum', 'nesterov', 'dampening', 'momentumOf'],
      defaults: { learningRate: 1 },
      rule: sgdRule,
    },
    parameters,
    options,
  );
}

function sgdRule(options: SgdOptions, caller: string) {
  const { momentum = 0, nesterov = false, dampening = 0, momentumOf = 'updates' } = options;
  const momentumAt = scheduled(caller, 'momentum', momentum);
  checkNonNegative(caller, 'dampening', dampening);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new TypeError(
      `${caller}: nesterov needs a momentum above 0 and a dampening of 0, got momentum ${String(momentum)} ` +
        `and dampening ${dampening}. Write { momentum: 0.9, nesterov: true }.`,
    );
  }
  if (momentumOf !== 'updates' && momentumOf !== 'gradients') {
    throw new TypeError(
      `${caller}: momentumOf must be 'updates' or 'gradients', got ${String(momentumOf)}. Leave it out for 'updates'.`,
    );
  }
  const updates = momentumOf === 'updates';
  return rule({
    slots: { momentum: momentum === 0 ? undefined : 0 },
    update: ({ rate, iteration, dtype }) => {
      // The first gradient is not dampened.
      const factor = dampening === 0 ? undefined : iteration.equal(0).where(full([], 1, { dtype }), 1 - dampening);
      const kept: Tensor | number = typeof momentum === 'number' ? momentum : momentumAt(iteration).cast(dtype);
      return (parameter, gradient, state) => {
        const scaled = updates ? gradient.mul(rate) : gradient;
        const velocity = state.momentum?.mul(kept).add(factor ? scaled.mul(factor) : scaled) ?? scaled;
        const change = nesterov ? velocity.mul(kept).add(scaled) : velocity;
        return {
          parameter: parameter.sub(updates ? change : change.mul(rate)),
          state: { momentum: velocity },
        };
      };
    },
  });
}
