import { sameShape, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { affineOf, type NormOptions, standardize } from './normalization.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Layer normalisation: the features of each sample get mean 0 and variance 1, then a scale and a shift of their own.
 *
 *   y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * Mean and (biased) variance are those of the last axes of each sample, so training and prediction are the same.
 *
 * @param features  how many features there are, or the shape of the last axes
 * @returns         a layer that keeps the shape; its parameters `weight` and `bias` have the shape of the features
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when the last axes of x have another shape
 * @example String(layerNorm(2)(tensor([[1, 3]])).round())   // [[-1.  1.]]
 * @see Ba, Kiros, Hinton, Layer Normalization (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function layerNorm(features: number | Shape, options: NormOptions = {}): Layer<SameShape> {
  const last: Shape = [features].flat();
  const caller = `layerNorm(${typeof features === 'number' ? features : showShape(features)})`;
  const { epsilon, name, parameters } = affineOf('layerNorm', caller, 'features', last, options);
  const axes = last.map((_, axis) => axis - last.length);
  const { weight, bias } = parameters;
  return layer({
    title: caller,
    name,
    parameters,
    call(x): Tensor {
      checkLastAxes('layerNorm', caller, x, last);
      const normal = standardize(x, axes, epsilon);
      return weight && bias ? normal.mul(weight).add(bias) : normal;
    },
  }) as unknown as Layer<SameShape>;
}

/** @throws ShapeError when the last axes of x have another shape than the features */
export function checkLastAxes(kind: string, caller: string, x: Tensor, last: Shape): void {
  if (sameShape(x.shape.slice(-last.length), last)) return;
  throw new ShapeError(
    `${caller} expects the last axes of x to be ${showShape(last)}, got ${showShape(x.shape)}. ` +
      `Reshape x, or give ${kind} the shape of its last axes.`,
  );
}
