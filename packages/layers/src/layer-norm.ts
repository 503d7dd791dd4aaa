import {
  checkFloating,
  checkNumber,
  checkOptions,
  type DType,
  ones,
  sameShape,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  variable,
  zeros,
} from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `layerNorm`. */
export interface LayerNormOptions {
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
  /** Whether there are a scale and a shift per feature to be trained; true unless given. */
  readonly affine?: boolean;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of its parameters; float32 unless given. */
  readonly dtype?: DType;
}

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
export function layerNorm(features: number | Shape, options: LayerNormOptions = {}): Layer<SameShape> {
  const last: Shape = [features].flat();
  const caller = `layerNorm(${typeof features === 'number' ? features : showShape(features)})`;
  const given = checkOptions('layerNorm', options, ['epsilon', 'affine', 'name', 'dtype']);
  const { epsilon = 1e-5, affine = true, name, dtype = 'float32' } = given;
  for (const length of last) {
    checkNumber(caller, 'features', length, Number.isInteger(length) && length > 0, 'a positive integer');
  }
  checkNumber(caller, 'epsilon', epsilon, epsilon >= 0 && epsilon < Infinity, 'a finite number from 0 on');
  checkFloating(dtype, `${caller}: the dtype`);
  const own = (part: string, value: Tensor) => variable(value, { name: `${name ?? caller}.${part}` });
  const weight = affine ? own('weight', ones(last, { dtype })) : undefined;
  const bias = affine ? own('bias', zeros(last, { dtype })) : undefined;
  return layer({
    title: caller,
    name,
    parameters: { ...(weight && { weight }), ...(bias && { bias }) },
    call(x): Tensor {
      if (!sameShape(x.shape.slice(-last.length), last)) {
        throw new ShapeError(
          `${caller} expects the last axes of x to be ${showShape(last)}, got ${showShape(x.shape)}. ` +
            `Reshape x, or give layerNorm the shape of its last axes.`,
        );
      }
      const axes = last.map((_, axis) => axis - last.length);
      const kept = { keepdims: true };
      const centred: Tensor = x.sub(x.mean(axes, kept));
      const normal: Tensor = centred.div(x.var(axes, kept).add(epsilon).sqrt());
      return weight && bias ? normal.mul(weight).add(bias) : normal;
    },
  }) as unknown as Layer<SameShape>;
}
