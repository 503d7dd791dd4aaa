import { where } from '../combination.ts';
import { isNaN } from '../math.ts';
import type { ReductionOptions } from '../methods/reduction.ts';
import { checkOptions } from '../options.ts';
import { normalizeAxes } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/**
 * The sum of the elements that are not NaN; 0 where there are none. Its gradient is 0 where x is NaN.
 *
 * @param axis  the axes to sum over: one, several, or all when there is none
 * @example String(nanSum(tensor([1, NaN, 2])))   // 3.0
 * @see NumPy: nansum
 */
export function nanSum(x: Tensor, axis?: number | readonly number[], options: ReductionOptions = {}): Tensor {
  const { keepdims = false } = checkOptions('nanSum', options, ['keepdims']);
  const axes = normalizeAxes(axis, checkTensor(x, 'nanSum').rank, 'nanSum');
  return (where(isNaN(x), 0, x) as Tensor).sum(axes, { keepdims }) as Tensor;
}

/**
 * The mean of the elements that are not NaN; NaN where there are none. Its gradient is 0 where x is NaN.
 *
 * @param axis  the axes to take the mean over: one, several, or all when there is none
 * @example String(nanMean(tensor([1, NaN, 2])))   // 1.5
 * @see NumPy: nanmean
 */
export function nanMean(x: Tensor, axis?: number | readonly number[], options: ReductionOptions = {}): Tensor {
  const { keepdims = false } = checkOptions('nanMean', options, ['keepdims']);
  const axes = normalizeAxes(axis, checkTensor(x, 'nanMean').rank, 'nanMean');
  const count = isNaN(x).logicalNot().cast('int32').sum(axes, { keepdims }) as Tensor;
  return nanSum(x, axes, { keepdims }).div(count);
}
