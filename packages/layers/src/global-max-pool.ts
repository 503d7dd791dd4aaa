import type { Tensor } from '@nn/tensor';
import { axesBehindChannels } from './global-average-pool.ts';

/**
 * The largest number of each channel over all axes behind it: one row of numbers per sample, as dense layers take it.
 *
 *   x [N, channels, …] → y [N, channels]
 *
 * It has no variables, so it is a plain function: write `globalMaxPool` among layers, not `globalMaxPool()`.
 *
 * @throws ShapeError when x has no axis behind the channels
 * @example String(globalMaxPool(tensor([[[1, 3, 2]]])))   // [[3.]]
 * @see Oquab, Bottou, Laptev, Sivic, Is object localization for free? (2015)
 */
export function globalMaxPool(x: Tensor): Tensor<[number, number]> {
  return x.max(axesBehindChannels(x, 'globalMaxPool')) as Tensor as Tensor<[number, number]>;
}
