import { fromTypedArray, checkTensor, sameShape, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** What a scaler has learned from data. It scales other data in the same way. */
export interface Scaling {
  /** The scaled numbers: float64 for float64, else float32. NaN stays NaN. */
  transform<S extends Shape>(x: Tensor<S>): Tensor<S>;
  /** Scaled numbers in their original units. */
  inverse<S extends Shape>(x: Tensor<S>): Tensor<S>;
}

/** Numbers for each feature, read row by row. */
export interface Columns {
  /** Row after row. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  /** How many numbers a row has. */
  readonly width: number;
  /** The shape of a row. */
  readonly features: Shape;
}

/**
 * The rows to learn a scale from.
 *
 * @throws ShapeError when there is none
 */
export function columnsOf(x: Tensor, caller: string): Columns {
  if (checkTensor(x, caller).rank === 0 || x.shape[0] === 0) {
    throw new ShapeError(
      `${caller}: there must be at least one row to learn the scale from, got shape ${showShape(x.shape)}. Give x of shape [N, features].`,
    );
  }
  const [rows, ...features] = x.shape as [number, ...number[]];
  return { values: x.data, rows, width: x.size / rows, features };
}

/**
 * Refuses infinite numbers, from which no scale can be learned.
 *
 * @throws RangeError with the first row that has one
 */
export function checkFiniteOrNaN({ values, width }: Columns, caller: string): void {
  const at = Array.prototype.findIndex.call(values, (value: number) => Math.abs(value) === Infinity);
  if (at < 0) return;
  throw new RangeError(
    `${caller}: the numbers to learn the scale from must be finite, or NaN where one is missing, got ${values[at]} in ` +
      `row ${Math.floor(at / width)}. Replace it.`,
  );
}

/** Numbers of a row, one for each feature, as a tensor. */
export function rowOf(values: Float64Array, { features }: Columns): Tensor {
  return fromTypedArray(values, features);
}

/**
 * A function of tensors whose rows have the shape of `offset` and `factor`, computed in float64 and rounded once.
 *
 * @param kind  `multiply` for x · factor + offset, `divide` for (x − offset) / factor
 * @throws ShapeError when the rows of x have another shape
 */
export function linearMap(
  kind: 'multiply' | 'divide',
  factor: Tensor,
  offset: Tensor,
  caller: string,
): <S extends Shape>(x: Tensor<S>) => Tensor<S> {
  const [factors, offsets] = [factor.data, offset.data];
  return <S extends Shape>(x: Tensor<S>): Tensor<S> => {
    checkFeatures(x, factor.shape, caller);
    const dtype = x.dtype === 'float64' ? 'float64' : 'float32';
    // The loop below is one pass over memory, but a trace and a gradient need operations.
    if (x.symbolic || x.requiresGrad) {
      const double: Tensor = x.cast('float64');
      const mapped = kind === 'multiply' ? double.mul(factor).add(offset) : double.sub(offset).div(factor);
      return mapped.cast(dtype) as Tensor<S>;
    }
    const { data } = x;
    const result = dtype === 'float64' ? new Float64Array(data.length) : new Float32Array(data.length);
    const width = factors.length;
    for (let row = 0; row < data.length; row += width) {
      if (kind === 'multiply') {
        for (let at = 0; at < width; at++) result[row + at] = data[row + at]! * factors[at]! + offsets[at]!;
      } else {
        for (let at = 0; at < width; at++) result[row + at] = (data[row + at]! - offsets[at]!) / factors[at]!;
      }
    }
    return fromTypedArray(result, x.shape);
  };
}

/**
 * @throws ShapeError when the rows of x have another shape than those that were learned from
 */
export function checkFeatures(x: Tensor, features: Shape, caller: string): void {
  if (checkTensor(x, caller).rank > 0 && sameShape(x.shape.slice(1), features)) return;
  throw new ShapeError(
    `${caller}: the scale was learned from rows of shape ${showShape(features)}, got x of shape ${showShape(x.shape)}. ` +
      `Give the same features, or fit again.`,
  );
}
