import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkNotNegative } from './option.ts';
import { checkFits } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface PoissonNegativeLogLikelihoodOptions extends LossOptions {
  /** Whether the prediction is the logarithm of the rate, so that it may be any number; true unless given, as in PyTorch. */
  readonly logInput?: boolean;
  /** Whether to add ln(target!) by Stirling's formula for targets above 1, which has no gradient by the prediction. */
  readonly full?: boolean;
  /** Is added to a rate before its logarithm is taken; 1e-8 unless given. */
  readonly epsilon?: number;
}

/**
 * How surprised a predicted rate is by a count, which has a Poisson distribution.
 *
 *   loss = mean of  e^prediction − target · prediction                  the prediction is ln(rate)
 *                   prediction − target · ln(prediction + ε)            `logInput: false`: it is the rate, as in Keras
 *        + with `full`, where target > 1:  target · ln target − target + ½ · ln(2π · target)
 *
 * The mean is over all elements.
 *
 * @param prediction  any shape
 * @param target      counts, at least 0, of the same shape
 * @returns           scalar, shape [], in nats; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is negative, with `logInput: false` also when a rate is, or epsilon is negative
 * @throws TypeError when an option is unknown
 * @example String(poissonNegativeLogLikelihood(tensor([0, 1]), tensor([2, 3])))   // 0.359141
 */
export function poissonNegativeLogLikelihood(
  prediction: Tensor,
  target: Tensor,
  options: PoissonNegativeLogLikelihoodOptions = {},
): Tensor {
  const caller = 'poissonNegativeLogLikelihood';
  const known = [...lossOptions, 'logInput', 'full', 'epsilon'];
  const { logInput = true, full = false, epsilon = 1e-8 } = checkOptions(caller, options, known);
  checkNotNegative(caller, 'epsilon', epsilon, 'Leave it out for 1e-8.');
  checkOneShape(prediction, target, caller);
  const counts = { name: 'targets', rule: 'at least 0', hint: 'Give counts.' };
  checkFits(target, target.greaterEqual(0), counts, caller);
  const rates = { name: 'rates', rule: 'at least 0', hint: 'Leave logInput out for logarithms of rates.' };
  if (!logInput) checkFits(prediction, prediction.less(0).logicalNot(), rates, caller);
  const losses = logInput
    ? prediction.exp().sub(target.mul(prediction))
    : prediction.sub(target.mul(prediction.add(epsilon).log()));
  return reduced(full ? losses.add(logFactorial(target.cast(losses.dtype))) : losses, options, caller);
}

/** ln(n!) by Stirling's formula, n · ln n − n + ½ · ln(2πn), and 0 up to 1. */
function logFactorial(n: Tensor): Tensor {
  const large = n.greater(1);
  const from = large.where(n, 1);
  const stirling = from
    .mul(from.log())
    .sub(from)
    .add(
      from
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return large.where(stirling, 0);
}
