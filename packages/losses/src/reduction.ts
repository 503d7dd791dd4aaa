import { owned, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** What becomes of the single losses: their mean, their sum, or nothing, so that each one is returned. */
export type Reduction = 'mean' | 'sum' | 'none';

export interface LossOptions {
  /** 'mean' unless another is given. */
  readonly reduction?: Reduction;
}

/**
 * The single losses made into what was asked for.
 *
 * @throws TypeError when there is no such reduction
 */
export function reduced(losses: Tensor, reduction: Reduction, asked: string): Tensor {
  if (reduction === 'none') return losses;
  if (reduction === 'mean' || reduction === 'sum') return losses[reduction]();
  throw new TypeError(`${asked}: there is no reduction ${String(reduction)}. Choose 'mean', 'sum' or 'none'.`);
}

/**
 * Each loss times its weight.
 *
 * @throws ShapeError when the weights do not spread over the losses
 */
export function weighed(losses: Tensor, weight: Tensor | undefined, asked: string): Tensor {
  if (weight === undefined) return losses;
  checkSpreads('weight', weight, losses, asked);
  return losses.mul(weight);
}

/**
 * Refuses weights that would stretch what they weigh, instead of being stretched over it.
 *
 * @throws ShapeError when they are of higher rank, or of a length other than 1 or that of what they weigh
 */
export function checkSpreads(name: string, weight: Tensor, over: Tensor, asked: string): void {
  const lengths = over.shape.slice(Math.max(over.rank - owned(weight, asked).rank, 0));
  if (
    weight.rank > over.rank ||
    !sameShape(
      weight.shape,
      lengths.map((length, axis) => (weight.shape[axis] === 1 ? 1 : length)),
    )
  ) {
    throw new ShapeError(
      `${asked}: ${name} ${showShape(weight.shape)} does not spread over losses ${showShape(over.shape)}: counted from ` +
        `the right, each length must be that of the losses, or 1. Give one weight for each loss.`,
    );
  }
}
