import { ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * The mean of each channel over all axes behind it: one row of numbers per sample, as dense layers take it.
 *
 *   x [N, channels, …] → y [N, channels]
 *
 * It has no variables, so it is a plain function: write `globalAveragePool` among layers, not `globalAveragePool()`.
 *
 * @throws ShapeError when x has no axis behind the channels
 * @example String(globalAveragePool(tensor([[[1, 2, 3]]])))   // [[2.]]
 * @see Lin, Chen, Yan, Network In Network (2014)
 */
export function globalAveragePool(x: Tensor): Tensor<[number, number]> {
  return x.mean(axesBehindChannels(x, 'globalAveragePool')) as Tensor as Tensor<[number, number]>;
}

/** @throws ShapeError when there are none */
export function axesBehindChannels(x: Tensor, caller: string): readonly number[] {
  if (x.rank > 2) return x.shape.slice(2).map((_, axis) => axis + 2);
  throw new ShapeError(
    `${caller} expects x of shape [N, channels, …] with an axis behind the channels, got ${showShape(x.shape)}. ` +
      `Leave it out: there is nothing to pool over.`,
  );
}
