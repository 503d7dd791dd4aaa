import { checkLabels, checkLike, checkOptions, type Tensor } from '@nn/tensor';
import { atLabels, checkClassIndices } from './class-labels.ts';
import { checkLogProbabilities } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced, scaled } from './reduction.ts';

export interface NegativeLogLikelihoodOptions extends LossOptions {
  /** How much each class counts, shape [classes]; 1 unless given. */
  readonly classWeight?: Tensor;
  /** Rows with this label do not count; it need not be a class. */
  readonly ignoreIndex?: number;
}

/**
 * The negative logarithm of the probability of the right class, from log-probabilities.
 *
 *   loss = −1/N · Σₙ logProbabilitiesₙ[labelₙ]
 *
 * With `classWeight` each row counts by the weight of its class, and with `ignoreIndex` rows are left out; the mean is
 * then divided by the sum of the weights of the rows that count, and NaN when none does. From logits use
 * `softmaxCrossentropy`.
 *
 * @param logProbabilities  as from logSoftmax, at most 0, shape [N, classes], or [..., classes]
 * @param labels            the right class of each row, int32 0 … classes − 1, shape [N]
 * @returns                 scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when a log-probability is above 0
 * @throws DTypeError when the labels are not int32
 * @throws TypeError when an option is unknown
 * @example String(negativeLogLikelihood(tensor([[-0.5, -2], [-1, -0.75]]), tensor([0, 1], { dtype: 'int32' })))   // 0.625
 */
export function negativeLogLikelihood(
  logProbabilities: Tensor,
  labels: Tensor,
  options: NegativeLogLikelihoodOptions = {},
): Tensor {
  const caller = 'negativeLogLikelihood';
  const { classWeight, ignoreIndex } = checkOptions(caller, options, [...lossOptions, 'classWeight', 'ignoreIndex']);
  checkClassIndices(logProbabilities, labels, caller);
  const classes = logProbabilities.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${caller}: classWeight`);
  // A row that does not count may have any label: it reads class 0, and the result is replaced by 0.
  const counted = ignoreIndex === undefined ? undefined : labels.notEqual(ignoreIndex);
  const counting = (rows: Tensor): Tensor => (counted ? counted.where(rows, 0) : rows);
  const indices = counting(labels);
  checkLabels(indices, classes, caller);
  checkLogProbabilities(logProbabilities, 'For logits use softmaxCrossentropy.', caller);
  const losses = atLabels(logProbabilities, indices).neg();
  const weights = classWeight?.take(indices, 0);
  const counts = weights ? counting(weights) : counted;
  return reduced(counting(weights ? scaled(losses, weights) : losses), options, caller, counts);
}
