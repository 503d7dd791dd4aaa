import { type Shape, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { checkLastAxes } from './layer-norm.ts';
import { affineOf, type NormOptions } from './normalization.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Normalisation by the root mean square: the features of each sample get mean square 1, then a scale of their own. It is
 * `layerNorm` without the mean, and without a shift.
 *
 *   y = x / √(mean(x²) + epsilon) · weight
 *
 * @param features  how many features there are, or the shape of the last axes
 * @param options   as for `layerNorm`; `epsilon` is 1e-6 unless given
 * @returns         a layer that keeps the shape; its parameter `weight` has the shape of the features
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when the last axes of x have another shape
 * @example String(rmsNorm(2)(tensor([[3, 3]])).round())   // [[1. 1.]]
 * @see Zhang, Sennrich, Root Mean Square Layer Normalization (2019)
 */
/* @__NO_SIDE_EFFECTS__ */
export function rmsNorm(features: number | Shape, options: NormOptions = {}): Layer<SameShape> {
  const last: Shape = [features].flat();
  const caller = `rmsNorm(${typeof features === 'number' ? features : showShape(features)})`;
  const { epsilon, name, parameters } = affineOf('rmsNorm', caller, 'features', last, { epsilon: 1e-6, ...options });
  const axes = last.map((_, axis) => axis - last.length);
  const { weight } = parameters;
  return layer({
    title: caller,
    name,
    parameters: { ...(weight && { weight }) },
    call(x): Tensor {
      checkLastAxes('rmsNorm', caller, x, last);
      const square = x.mul(x).mean(axes, { keepdims: true }) as Tensor;
      const normal: Tensor = x.div(square.add(epsilon).sqrt());
      return weight ? normal.mul(weight) : normal;
    },
  }) as unknown as Layer<SameShape>;
}
