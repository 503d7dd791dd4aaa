import { DTypeError, fromTypedArray, type Shape, type Tensor } from '@nn/tensor';

/** The dtypes that data sets are made in. */
export type Precision = 'float32' | 'float64';

/** A tensor of numbers that were computed in float64; for float32 each is rounded once. */
export function inPrecision<const S extends Shape | []>(values: Float64Array, shape: S, dtype: Precision): Tensor<S> {
  return fromTypedArray(dtype === 'float64' ? values : Float32Array.from(values), shape);
}

/**
 * Returns the dtype.
 *
 * @throws DTypeError when it is neither float32 nor float64
 */
export function checkPrecision(dtype: Precision, caller: string): Precision {
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new DTypeError(
      `${caller}: the data comes as float32 or float64, got ${String(dtype)}. Make one of these and write x.cast('${String(dtype)}').`,
    );
  }
  return dtype;
}
