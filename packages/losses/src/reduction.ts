import { checkTensor, sameShape, ShapeError, showShape, type Tensor, where } from '@nn/tensor';

/** How the losses of all rows or elements become one: their mean, their sum, or 'none' for each loss by itself. */
export type Reduction = 'mean' | 'sum' | 'none';

/** The options that every loss takes. */
export interface LossOptions {
  /** 'mean' unless another is given. */
  readonly reduction?: Reduction;
  /**
   * How much each sample counts, shape [N], or each loss, of the shape that `reduction: 'none'` gives; 1 unless given. Each
   * loss is multiplied by its weight. The mean is the weighted one, Σ weight · loss / Σ weight, as in scikit-learn and
   * Keras's `mean_with_sample_weight`; PyTorch's `weight` and Keras's default divide by the number of losses instead,
   * which is `reduction: 'none'` and `mean()` here. What has weight 0 adds 0, also where its loss is infinite.
   */
  readonly weights?: Tensor;
}

/** Their names, for `checkOptions`. */
export const lossOptions: readonly string[] = ['reduction', 'weights'];

/**
 * The losses, weighted and reduced as the options say.
 *
 * @param counts  how much each loss counts in the mean besides its weight, where that is not 1; the losses have been
 *   multiplied by it
 * @throws TypeError when there is no such reduction
 * @throws ShapeError when the weights are neither one for each sample nor one for each loss
 */
export function reduced(
  losses: Tensor,
  { reduction = 'mean', weights }: LossOptions,
  caller: string,
  counts?: Tensor,
): Tensor {
  if (reduction !== 'mean' && reduction !== 'sum' && reduction !== 'none') {
    throw new TypeError(`${caller}: there is no reduction ${String(reduction)}. Choose 'mean', 'sum' or 'none'.`);
  }
  const weight = weights && spread(weights, losses, caller);
  const weighted = weight ? scaled(losses, weight) : losses;
  if (reduction === 'none') return weighted;
  if (reduction === 'sum') return weighted.sum();
  const total = weight && counts ? weight.mul(counts) : (weight ?? counts);
  return total ? weighted.sum().div(total.sum()) : weighted.mean();
}

/** Weights of the leading axes, spread over the losses: [N] and [N, classes] give [N, classes]. */
function spread(weights: Tensor, losses: Tensor, caller: string): Tensor {
  const { shape, rank } = checkTensor(weights, caller);
  const leading = losses.shape.slice(0, rank);
  const fits = rank <= losses.rank && shape.every((length, axis) => length === 1 || length === leading[axis]);
  if (!fits) {
    throw new ShapeError(
      `${caller}: weights ${showShape(shape)} do not fit losses ${showShape(losses.shape)}: there must be one weight for ` +
        `each sample, shape ${showShape(losses.shape.slice(0, 1))}, or one for each loss. Reshape them.`,
    );
  }
  const columns = losses.shape.map((_, axis) => shape[axis] ?? 1);
  return weights.cast(losses.dtype).reshape(columns).expand(losses.shape);
}

/**
 * values · factor, where a factor of 0 gives 0 for an infinite value too: 0 · ∞ would be NaN, but what
 * has no weight must not count.
 */
export function scaled(values: Tensor, factor: Tensor): Tensor {
  const absent = values.abs().equal(Infinity).logicalAnd(factor.equal(0));
  return where(absent, 0, values).mul(factor);
}

/**
 * Refuses weights that would broadcast the losses to a larger shape, instead of being broadcast to theirs.
 *
 * @throws ShapeError when the weights have a higher rank, or a length that is neither 1 nor that of the losses
 */
export function checkBroadcasts(name: string, weight: Tensor, over: Tensor, caller: string): void {
  const lengths = over.shape.slice(Math.max(over.rank - checkTensor(weight, caller).rank, 0));
  if (
    weight.rank > over.rank ||
    !sameShape(
      weight.shape,
      lengths.map((length, axis) => (weight.shape[axis] === 1 ? 1 : length)),
    )
  ) {
    throw new ShapeError(
      `${caller}: ${name} ${showShape(weight.shape)} cannot be broadcast to losses ${showShape(over.shape)}: counted ` +
        `from the right, each length must be that of the losses, or 1. Give one weight for each loss.`,
    );
  }
}
