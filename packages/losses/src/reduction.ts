import { checkTensor, sameShape, ShapeError, showShape, type Tensor, where } from '@nn/tensor';

/** How the losses of all rows or elements become one: their mean, their sum, or 'none' for each loss by itself. */
export type Reduction = 'mean' | 'sum' | 'none';

export interface LossOptions {
  /** 'mean' unless another is given. */
  readonly reduction?: Reduction;
}

/**
 * The losses, reduced as asked.
 *
 * @throws TypeError when there is no such reduction
 */
export function reduced(losses: Tensor, reduction: Reduction, caller: string): Tensor {
  if (reduction === 'none') return losses;
  if (reduction === 'mean' || reduction === 'sum') return losses[reduction]();
  throw new TypeError(`${caller}: there is no reduction ${String(reduction)}. Choose 'mean', 'sum' or 'none'.`);
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
 * Each loss times its weight; a weight of 0 gives 0.
 *
 * @throws ShapeError when the weights cannot be broadcast to the losses
 */
export function weighed(losses: Tensor, weight: Tensor | undefined, caller: string): Tensor {
  if (weight === undefined) return losses;
  checkBroadcasts('weight', weight, losses, caller);
  return scaled(losses, weight);
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
