import { type ResultShape, type Shape, ShapeError, type Tensor } from '@nn/tensor';
import type { FlatRows, FlatShape, ruleOf } from './shape-rule.ts';

/** The type of `flatten`: a function that knows the length of its rows. */
export interface Flatten {
  <S extends Shape>(x: Tensor<S>): Tensor<ResultShape<FlatShape<S>>>;
  /** How it changes shapes. Exists in the type only. */
  readonly [ruleOf]?: FlatRows;
}

/**
 * One row of numbers per sample: what stands between convolutions and dense layers.
 *
 *   x [N, a, b, …] → y [N, a · b · …]        in row-major order; [N] → [N, 1]
 *
 * It has no variables, so it is a plain function: write `flatten` among layers, not `flatten()`.
 *
 * @throws ShapeError when x is a scalar
 * @example String(flatten(tensor([[[1, 2], [3, 4]]])))   // [[1. 2. 3. 4.]]
 */
export const flatten: Flatten = <S extends Shape>(x: Tensor<S>) => {
  const [samples, ...sample]: Shape = x.shape;
  if (samples === undefined) {
    throw new ShapeError('flatten expects at least one axis, the samples, got []. Write x.reshape([1, 1]).');
  }
  // The length is computed and not left to reshape as −1, which has no answer for an empty batch.
  const length = sample.reduce((product, size) => product * size, 1);
  return (x as unknown as Tensor).reshape([samples, length]) as unknown as Tensor<ResultShape<FlatShape<S>>>;
};
