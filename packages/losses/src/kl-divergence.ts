import { checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape, checkRows } from './one-shape.ts';
import { checkFits, checkLogProbabilities } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced, type Reduction } from './reduction.ts';

export interface KlDivergenceOptions extends Omit<LossOptions, 'reduction'> {
  /**
   * 'mean' unless another is given: over all elements. 'batchMean' is the sum of each sample, averaged over the samples:
   * the divergence itself.
   */
  readonly reduction?: Reduction | 'batchMean';
  /** Whether the targets are log-probabilities too; false unless given. */
  readonly logTarget?: boolean;
}

/**
 * The Kullback–Leibler divergence: how much more surprising the answers are under the prediction than under the target.
 *
 *   loss = mean of target · (ln target − logProbability)
 *
 * A target of 0 adds 0. The mean is over all elements, as in PyTorch; the divergence of whole distributions is
 * `reduction: 'batchMean'`. (Keras takes probabilities and sums over the classes.)
 *
 * @param logProbabilities  as from logSoftmax, at most 0, any shape
 * @param target            probabilities, or with `logTarget` their logarithms; of the same shape
 * @returns                 scalar, shape [], in nats; with `reduction: 'none'` of the shape of the log-probabilities
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a log-probability is above 0, or a probability is not between 0 and 1
 * @throws TypeError when an option is unknown
 * @example const prediction = tensor([[0.25, 0.75]]).log();
 * String(klDivergence(prediction, tensor([[0.5, 0.5]]), { reduction: 'batchMean' }))   // 0.14384104
 * @see Kullback, Leibler, On Information and Sufficiency (1951)
 */
export function klDivergence(logProbabilities: Tensor, target: Tensor, options: KlDivergenceOptions = {}): Tensor {
  const caller = 'klDivergence';
  const known = [...lossOptions, 'logTarget'];
  const { reduction = 'mean', logTarget = false, ...rest } = checkOptions(caller, options, known);
  checkOneShape(logProbabilities, target, caller);
  checkLogProbabilities(logProbabilities, 'Take the logarithm of probabilities, or logSoftmax of logits.', caller);
  if (logTarget) checkLogProbabilities(target, 'Leave logTarget out for probabilities.', caller);
  else {
    const words = { name: 'targets', rule: 'between 0 and 1', hint: 'Write logTarget: true for log-probabilities.' };
    checkFits(target, target.greaterEqual(0).logicalAnd(target.lessEqual(1)), words, caller);
  }
  const never = target.equal(logTarget ? -Infinity : 0);
  // Where the target is 0 its logarithm is taken of another number, so that no infinite gradient is multiplied by 0.
  const likely = where(never, logTarget ? 0 : 1, target.cast(logProbabilities.sub(target).dtype));
  const [probability, logarithm] = logTarget ? [likely.exp(), likely] : [likely, likely.log()];
  const losses = where(never, 0, probability.mul(logarithm.sub(logProbabilities)));
  if (reduction !== 'batchMean') return reduced(losses, { ...rest, reduction }, caller);
  checkRows(losses, caller);
  return reduced(losses, { ...rest, reduction: 'mean' }, caller).mul(losses.size / losses.shape[0]!);
}
