import { checkNumber } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, rule } from './optimizer.ts';

/** Options of `rprop`. */
export interface RpropOptions {
  /** The size of the first step of every number. Each then has its own. Default 0.01. */
  readonly learningRate?: number;
  /** Multiplies the step size when the gradient has changed its sign. Default 0.5. */
  readonly shrink?: number;
  /** Multiplies the step size when the gradient has kept its sign. Default 1.2. */
  readonly grow?: number;
  /** The smallest step size. Default 1e-6. */
  readonly minimum?: number;
  /** The largest step size. Default 50. */
  readonly maximum?: number;
}

/**
 * Rprop: moves by steps whose size depends on the signs of the gradients only. For gradients of all rows, not of batches.
 *
 *   s ← s·grow      where g·g₋₁ > 0
 *   s ← s·shrink    where g·g₋₁ < 0; then g ← 0
 *   s ← min(max(s, minimum), maximum)
 *   θ ← θ − s·sign(g)
 *
 * where g₋₁ is the gradient of the step before and s starts as learningRate. It takes no schedule and no weight decay.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  the first s, default 0.01
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * rprop({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -0.1]) });
 * String(w)   // [0.5 2.5]
 * @see Riedmiller, Braun, A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP Algorithm (1993)
 */
/* @__NO_SIDE_EFFECTS__ */
export function rprop(parameters: NestedVariables, options: Grouped<RpropOptions> = {}): Optimizer {
  return optimizer<RpropOptions>(
    {
      name: 'rprop',
      options: ['learningRate', 'shrink', 'grow', 'minimum', 'maximum'],
      defaults: { learningRate: 0.01 },
      rule: rpropRule,
    },
    parameters,
    options,
  );
}

function rpropRule(
  { learningRate = 0.01, shrink = 0.5, grow = 1.2, minimum = 1e-6, maximum = 50 }: RpropOptions,
  caller: string,
) {
  checkNonNegative(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'shrink', shrink, 1);
  const hint = 'Leave it out for the default.';
  checkNumber(caller, 'grow', grow, grow >= 1 && grow < Infinity, 'a finite number of at least 1', hint);
  checkNonNegative(caller, 'minimum', minimum);
  const requirement = `a finite number of at least minimum, ${minimum}`;
  checkNumber(caller, 'maximum', maximum, maximum >= minimum && maximum < Infinity, requirement, hint);
  return rule({
    slots: { previous: 0, size: learningRate },
    update: () => (parameter, gradient, state) => {
      // The product of the signs, since that of small gradients is rounded to 0.
      const agreement = gradient.sign().mul(state.previous.sign());
      const turned = agreement.less(0);
      const factor = agreement.greater(0).where(grow, turned.where(gradient.mul(0).add(shrink), 1));
      const size = state.size.mul(factor).clip(minimum, maximum);
      const previous = turned.where(0, gradient);
      return { parameter: parameter.sub(previous.sign().mul(size)), state: { previous, size } };
    },
  });
}
