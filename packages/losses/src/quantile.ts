import { checkNumber, checkOptions, sameShape, ShapeError, showShape, tensor, type Tensor, where } from '@nn/tensor';
import { checkOneShape, checkRowTargets } from './one-shape.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface QuantileOptions extends LossOptions {
  /** Which quantile is predicted, between 0 and 1; or a list, one for each column of the prediction. 0.5 unless given. */
  readonly quantile?: number | readonly number[];
}

/**
 * The quantile loss, or pinball loss: it is smallest where the prediction is a quantile of the targets, not their mean.
 *
 *   loss = mean of max(q · e, (q − 1) · e),  e = target − prediction
 *
 * With q = 0.9 a prediction that is too small costs 9 times as much as one that is too large, so that 90 % of the targets
 * come to lie below it. For q = 0.5 it is half the absolute error. The mean is over all elements.
 *
 * @param prediction  any shape; with a list of quantiles [..., quantiles]
 * @param target      of the same shape; with a list of quantiles [...], one for each row
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes do not fit, even where they would broadcast
 * @throws RangeError when a quantile is not between 0 and 1
 * @throws TypeError when an option is unknown
 * @example String(quantile(tensor([1, 5]), tensor([2, 4]), { quantile: 0.75, reduction: 'none' }))   // [0.75 0.25]
 * @see Koenker, Bassett, Regression Quantiles (1978)
 */
export function quantile(prediction: Tensor, target: Tensor, options: QuantileOptions = {}): Tensor {
  const caller = 'quantile';
  const { quantile: chosen = 0.5 } = checkOptions(caller, options, [...lossOptions, 'quantile']);
  const several = typeof chosen === 'object';
  for (const q of several ? chosen : [chosen]) {
    checkNumber(caller, 'quantile', q, q > 0 && q < 1, 'a number between 0 and 1', 'Write 0.5 for the median.');
  }
  if (several) {
    checkRowTargets(prediction, target, caller, 'prediction');
    const { shape } = prediction;
    if (!sameShape(shape.slice(-1), [chosen.length])) {
      throw new ShapeError(
        `${caller}: ${chosen.length} quantiles need as many columns, got prediction ${showShape(shape)}. ` +
          `Give the model one output for each quantile.`,
      );
    }
  } else checkOneShape(prediction, target, caller);
  const error = (several ? target.expandDims(-1) : target).sub(prediction);
  const times = (factor: (q: number) => number): Tensor =>
    error.mul(several ? tensor(chosen.map(factor), { dtype: 'float64' }).cast(error.dtype) : factor(chosen));
  const losses = where(
    error.less(0),
    times((q) => q - 1),
    times((q) => q),
  );
  return reduced(losses, options, caller);
}
