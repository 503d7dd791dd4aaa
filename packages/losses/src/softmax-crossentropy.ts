import { checkLabels, checkLike, checkNumber, type Tensor } from '@nn/tensor';
import { atLabels, labelForm } from './class-labels.ts';
import { type LossOptions, reduced } from './reduction.ts';

export interface SoftmaxCrossentropyOptions extends LossOptions {
  /** How much each class counts, shape [classes]; each as much as another unless given. */
  readonly classWeight?: Tensor;
  /** Rows with this label do not count; it need not be a class. For class indices only. */
  readonly ignoreIndex?: number;
  /** The share, 0 … 1, of every label that is spread evenly over all classes; 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy of scores: how surprised softmax of the scores is by the right answers, averaged over the rows.
 *
 *   loss = −1/N · Σₙ ln softmax(logitsₙ)[labelₙ]                 class indices
 *   loss = −1/N · Σₙ Σ_c labelₙ[c] · ln softmax(logitsₙ)[c]      shares of the classes, one-hot or not
 *
 * Takes scores, not probabilities: ln softmax is computed in one piece, so that it cannot overflow and every score gets
 * a gradient.
 *
 * With `classWeight` each term counts by the weight of its class, and with `ignoreIndex` rows are left out. For class
 * numbers the mean is then that of the rows that count: the sum divided by the sum of their weights, NaN when none does.
 *
 * @param logits  scores before softmax, shape [N, classes], or [..., classes]
 * @param labels  the right class of each row, int32 0 … classes − 1, shape [N], or shares, shape [N, classes]
 * @returns       scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or name a class that there is not
 * @throws DTypeError when class indices are not int32
 * @example String(softmaxCrossentropy(tensor([[2, 0]]), tensor([0], { dtype: 'int32' })))   // 0.12692805
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.3
 */
export function softmaxCrossentropy(logits: Tensor, labels: Tensor, options: SoftmaxCrossentropyOptions = {}): Tensor {
  const asked = 'softmaxCrossentropy';
  const { reduction = 'mean', classWeight, ignoreIndex, labelSmoothing = 0 } = options;
  const form = labelForm(logits, labels, asked);
  const classes = logits.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${asked}: classWeight`);
  if (ignoreIndex !== undefined && form === 'shares') {
    throw new TypeError(
      `${asked}: ignoreIndex needs class indices, got shares of the classes. ` +
        `Write argmax(labels, -1) for one-hot labels.`,
    );
  }
  const isShare = labelSmoothing >= 0 && labelSmoothing <= 1;
  const mend = 'Leave it out for labels as they are.';
  checkNumber(asked, 'labelSmoothing', labelSmoothing, isShare, 'a share from 0 to 1', mend);

  // A row that does not count may be labelled with anything: it reads class 0, and what it read is dropped.
  const counted = ignoreIndex === undefined ? undefined : labels.notEqual(ignoreIndex);
  const counting = (rows: Tensor): Tensor => (counted ? counted.where(rows, 0) : rows);
  const numbers = counting(labels);
  if (form === 'numbers') checkLabels(numbers, classes, asked);

  // Softmax is the same for x and x − c, so the shift needs no gradient.
  const scores = logits.sub(logits.max(-1, { keepdims: true }).detach());
  const total = scores.exp().sum(-1, { keepdims: true }).log();
  const everySurprise = (): Tensor => byWeight(total.sub(scores), classWeight);
  const weights = form === 'numbers' ? classWeight?.take(numbers, 0) : undefined;
  // −ln softmax; for numbers that of one class in each row, the others are not needed.
  const plain =
    form === 'shares'
      ? everySurprise().mul(labels).sum(-1)
      : byWeight(total.squeeze(-1).sub(atLabels(scores, numbers)), weights);
  const smoothed =
    labelSmoothing === 0 ? plain : plain.mul(1 - labelSmoothing).add(everySurprise().mean(-1).mul(labelSmoothing));
  const losses = counting(smoothed);

  if (reduction !== 'mean' || !(weights ?? counted)) return reduced(losses, reduction, asked);
  return losses.sum().div((weights ? counting(weights) : counted!).sum());
}

function byWeight(surprises: Tensor, weight: Tensor | undefined): Tensor {
  return weight ? surprises.mul(weight) : surprises;
}
