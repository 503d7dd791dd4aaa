import { DTypeError, fromTypedArray, type Shape, type Tensor } from '@nn/tensor';

/** How finely the numbers of `x` are stored. */
export type Precision = 'float32' | 'float64';

/** Makes a tensor of numbers that were computed in float64, rounding each once when float32 is asked for. */
export function inPrecision<const S extends Shape | []>(values: Float64Array, shape: S, dtype: Precision): Tensor<S> {
  return fromTypedArray(dtype === 'float64' ? values : Float32Array.from(values), shape);
}

/**
 * Gives the dtype back when it is one that data can be made in.
 *
 * @throws DTypeError when it is another
 */
export function checkPrecision(dtype: Precision, asked: string): Precision {
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new DTypeError(
      `${asked}: the data comes as float32 or float64, got ${String(dtype)}. Make one of these and write x.cast('${String(dtype)}').`,
    );
  }
  return dtype;
}
