import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkPositive } from './option.ts';
import { checkFits } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface GaussianNegativeLogLikelihoodOptions extends LossOptions {
  /** Whether to add the constant ½ · ln 2π; false unless given, as in PyTorch. */
  readonly full?: boolean;
  /** Smaller variances count as this large; 1e-6 unless given. */
  readonly epsilon?: number;
}

/**
 * How surprised a normal distribution, whose mean and variance were predicted, is by the target.
 *
 *   loss = mean of ½ · (ln v + (prediction − target)² / v),  v = max(variance, ε)
 *
 * The mean is over all elements. Where the variance is below ε its gradient is 0.
 *
 * @param prediction  the mean, any shape
 * @param target      of the same shape
 * @param variance    at least 0, of the same shape
 * @returns           scalar, shape [], in nats; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a variance is negative, or epsilon is not positive
 * @throws TypeError when an option is unknown
 * @example String(gaussianNegativeLogLikelihood(tensor([1, 2]), tensor([2, 2]), tensor([1, 4])))   // 0.5965736
 * @see Nix, Weigend, Estimating the Mean and Variance of the Target Probability Distribution (1994)
 */
export function gaussianNegativeLogLikelihood(
  prediction: Tensor,
  target: Tensor,
  variance: Tensor,
  options: GaussianNegativeLogLikelihoodOptions = {},
): Tensor {
  const caller = 'gaussianNegativeLogLikelihood';
  const { full = false, epsilon = 1e-6 } = checkOptions(caller, options, [...lossOptions, 'full', 'epsilon']);
  checkPositive(caller, 'epsilon', epsilon, 'Leave it out for 1e-6.');
  checkOneShape(prediction, target, caller);
  checkOneShape(prediction, variance, caller, ['prediction', 'variance']);
  const words = { name: 'variances', rule: 'at least 0', hint: 'Take softplus or exp of what the model gives.' };
  checkFits(variance, variance.less(0).logicalNot(), words, caller);
  const error = prediction.sub(target);
  const v = variance.cast(error.sub(variance).dtype).clip(epsilon, Infinity);
  const losses = v.log().add(error.mul(error).div(v)).mul(0.5);
  return reduced(full ? losses.add(0.5 * Math.log(2 * Math.PI)) : losses, options, caller);
}
