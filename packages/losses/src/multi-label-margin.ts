import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape, checkRows } from './one-shape.ts';
import { checkEither } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The hinge loss of rows with several right classes: each right class should be ahead of each wrong one by 1.
 *
 *   loss = 1/N · Σₙ 1/C · Σ_(i right, j wrong) max(0, 1 − predictionₙ[i] + predictionₙ[j])
 *
 * C is the number of classes. PyTorch lists the indices of the right classes, closed by −1; here each class has a 0 or 1.
 *
 * @param prediction  a number for each class, shape [N, classes], or [..., classes]
 * @param target      1 for each right class, 0 for the others, of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(multiLabelMargin(tensor([[0.5, 1, 0.25, 0]]), tensor([[1, 1, 0, 0]])))   // 0.375
 */
export function multiLabelMargin(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const caller = 'multiLabelMargin';
  checkOptions(caller, options, lossOptions);
  checkOneShape(prediction, target, caller);
  checkRows(prediction, caller);
  checkEither(target, [0, 1], 'Give each class of a row a 0 or a 1.', caller);
  const right = target.equal(1);
  const pairs = right.expandDims(-1).logicalAnd(right.logicalNot().expandDims(-2));
  const missed = prediction.expandDims(-2).sub(prediction.expandDims(-1)).add(1).maximum(0);
  return reduced(pairs.where(missed, 0).sum(-1).mean(-1), options, caller);
}
