import { checkClassProbabilities, checkLabels, checkLike, checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { atLabels, labelForm } from './class-labels.ts';
import { type LossOptions, lossOptions, reduced, scaled } from './reduction.ts';

export interface SoftmaxCrossentropyOptions extends LossOptions {
  /** How much each class counts, shape [classes]; 1 unless given. */
  readonly classWeight?: Tensor;
  /** Rows with this label do not count; it need not be a class. For class indices only. */
  readonly ignoreIndex?: number;
  /** The fraction, 0 … 1, of every label that is distributed evenly over all classes; 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy of logits: how surprised their softmax is by the right answers, averaged over the rows.
 *
 *   loss = −1/N · Σₙ ln softmax(logitsₙ)[labelₙ]                 class indices
 *   loss = −1/N · Σₙ Σ_c labelₙ[c] · ln softmax(logitsₙ)[c]      class probabilities, one-hot or not
 *
 * Takes logits, not probabilities: ln softmax is computed in one piece, so that it cannot overflow and every logit gets
 * a gradient. A class of probability 0 in a label adds 0, even where its logit is −∞.
 *
 * With `classWeight` each term counts by the weight of its class, and with `ignoreIndex` rows are left out. For class
 * indices the mean is then that of the rows that count: the sum divided by the sum of their weights, NaN when none does.
 *
 * @param logits  outputs before softmax, shape [N, classes], or [..., classes]
 * @param labels  the right class of each row, int32 0 … classes − 1, shape [N], or class probabilities, shape [N, classes]
 * @returns       scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(softmaxCrossentropy(tensor([[2, 0]]), tensor([0], { dtype: 'int32' })))   // 0.12692805
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.3
 */
export function softmaxCrossentropy(logits: Tensor, labels: Tensor, options: SoftmaxCrossentropyOptions = {}): Tensor {
  const caller = 'softmaxCrossentropy';
  const known = [...lossOptions, 'classWeight', 'ignoreIndex', 'labelSmoothing'];
  const { classWeight, ignoreIndex, labelSmoothing = 0 } = checkOptions(caller, options, known);
  const form = labelForm(logits, labels, caller);
  const classes = logits.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${caller}: classWeight`);
  if (ignoreIndex !== undefined && form === 'probabilities') {
    throw new TypeError(
      `${caller}: ignoreIndex needs class indices, got class probabilities. ` +
        `Write labels.argmax(-1) for one-hot labels.`,
    );
  }
  const fits = labelSmoothing >= 0 && labelSmoothing <= 1;
  const hint = 'Leave it out for labels as they are.';
  checkNumber(caller, 'labelSmoothing', labelSmoothing, fits, 'a number from 0 to 1', hint);

  // A row that does not count may have any label: it reads class 0, and the result is replaced by 0.
  const counted = ignoreIndex === undefined ? undefined : labels.notEqual(ignoreIndex);
  const counting = (rows: Tensor): Tensor => (counted ? counted.where(rows, 0) : rows);
  const indices = counting(labels);
  if (form === 'indices') checkLabels(indices, classes, caller);
  else checkClassProbabilities(labels, caller);

  // Softmax is the same for x and x − c, so the shift needs no gradient.
  const shifted = logits.sub(logits.max(-1, { keepdims: true }).detach());
  const total = shifted.exp().sum(-1, { keepdims: true }).log();
  const everyTerm = (): Tensor => byWeight(total.sub(shifted), classWeight);
  const weights = form === 'indices' ? classWeight?.take(indices, 0) : undefined;
  // −ln softmax. Class indices need that of one class in each row only.
  const plain =
    form === 'probabilities'
      ? scaled(everyTerm(), labels).sum(-1)
      : byWeight(total.squeeze(-1).sub(atLabels(shifted, indices)), weights);
  const smoothed =
    labelSmoothing === 0 ? plain : plain.mul(1 - labelSmoothing).add(everyTerm().mean(-1).mul(labelSmoothing));
  const losses = counting(smoothed);

  return reduced(losses, options, caller, weights ? counting(weights) : counted);
}

function byWeight(terms: Tensor, weight: Tensor | undefined): Tensor {
  return weight ? scaled(terms, weight) : terms;
}
