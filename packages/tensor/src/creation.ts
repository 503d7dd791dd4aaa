import { allocate, checkDType, type DType, dtypeOf, held, isNumber, type TypedArray } from './dtype.ts';
import { describe, DTypeError, ShapeError } from './errors.ts';
import type { Nested } from './methods/reading.ts';
import { checkOptions } from './options.ts';
import { checkFilled, checkShape, type Shape, showShape, sizeOf } from './shape.ts';
import { rowMajor } from './strided.ts';
import { checkTensor, Tensor } from './tensor.ts';
import type { NestedShape } from './types/broadcast.ts';

/** The dtype to make a tensor in: float32 unless another is named. */
export interface As {
  readonly dtype?: DType;
}

/**
 * A tensor of the numbers in `values`: a number, nested arrays, or a typed array (which is copied).
 *
 * The dtype is float32, for booleans bool, for a typed array its own, unless one is named.
 *
 * @throws ShapeError when rows differ in length
 * @throws DTypeError when something in it is no number
 * @example String(tensor([[1, 2], [3, 4]]))   // [[1. 2.]\n [3. 4.]]
 */
export function tensor<const T extends Nested | TypedArray>(values: T, options: As = {}): Tensor<NestedShape<T>> {
  const dtype = namedDType('tensor', options);
  const own = dtypeOf(values);
  const shape: number[] = own ? [(values as TypedArray).length] : [];
  let flat: ArrayLike<number | boolean> = values as TypedArray;
  if (!own) {
    for (let level: unknown = values; Array.isArray(level); level = level[0]) shape.push(level.length);
    flatten(values as Nested, shape, 0, [], (flat = []));
  }
  const truths = flat.length > 0 && !own && Array.from(flat).every((value) => typeof value === 'boolean');
  const to = checkDType(dtype ?? own ?? (truths ? 'bool' : 'float32'), 'tensor');
  const array = allocate(to, flat.length);
  for (let at = 0; at < flat.length; at++) array[at] = held(Number(flat[at]), to, 'tensor');
  return fromTypedArray(array, shape) as Tensor as Tensor<NestedShape<T>>;
}

/** The dtype that the options of a function name, which takes no other option. */
function namedDType(caller: string, options: As): DType | undefined {
  return checkOptions(caller, options, ['dtype']).dtype;
}

function flatten(
  values: Nested,
  shape: Shape,
  axis: number,
  place: readonly number[],
  flat: (number | boolean)[],
): void {
  const row = Array.isArray(values);
  if (axis === shape.length && !row) {
    if (!isNumber(values)) {
      throw new DTypeError(
        `tensor: expected numbers, got ${String(values)} at ${showShape(place)}. Convert it with Number().`,
      );
    }
    flat.push(values);
  } else if (!row || values.length !== shape[axis]) {
    const [expected, got] = [shape[axis], row ? values.length : undefined].map((length) =>
      length === undefined ? 'a single value' : `a row of ${length}`,
    );
    throw new ShapeError(
      `tensor: rows must have equal lengths, expected ${expected} at ${showShape(place)}, got ${got}. Fill up or cut the rows.`,
    );
  } else values.forEach((value, index) => flatten(value, shape, axis + 1, [...place, index], flat));
}

/**
 * A tensor over an array that exists, without a copy: do not write to the array afterwards. A Uint8Array holds booleans.
 *
 * @throws ShapeError when the shape does not hold as many elements as the array
 * @example String(fromTypedArray(new Float32Array([1, 2, 3, 4]), [2, 2]))   // [[1. 2.]\n [3. 4.]]
 */
export function fromTypedArray<const S extends Shape | []>(array: TypedArray, shape: S): Tensor<S> {
  const dtype = dtypeOf(array);
  if (!dtype) {
    throw new DTypeError(
      `fromTypedArray: expected a Float32Array, Float64Array, Int32Array or Uint8Array, got ${describe(array)}. ` +
        `Use tensor(values) for others.`,
    );
  }
  checkFilled(shape, array.length, 'fromTypedArray');
  return new Tensor(shape, dtype, { array, strides: rowMajor(shape), offset: 0 });
}

/**
 * One value everywhere.
 *
 * @example String(full([2, 2], 7))   // [[7. 7.]\n [7. 7.]]
 */
export function full<const S extends Shape | []>(shape: S, value: number | boolean, options: As = {}): Tensor<S> {
  const dtype = namedDType('full', options) ?? (typeof value === 'boolean' ? 'bool' : 'float32');
  return filled('full', shape, value, dtype);
}

function filled<const S extends Shape | []>(
  caller: string,
  shape: S,
  value: number | boolean,
  dtype: DType = 'float32',
): Tensor<S> {
  if (!isNumber(value)) {
    throw new DTypeError(
      `${caller}: expected a number to fill with, got ${String(value)}. Use expand to repeat a tensor.`,
    );
  }
  const number = held(Number(value), checkDType(dtype, caller), caller);
  const array = allocate(dtype, sizeOf(checkShape(shape, caller)));
  if (number !== 0) array.fill(number);
  return fromTypedArray(array, shape);
}

function filledLike<S extends Shape>(
  caller: string,
  like: Tensor<S>,
  value: number | boolean,
  dtype: DType | undefined,
): Tensor<S> {
  const model: Tensor<S> = checkTensor(like, caller) as Tensor<S>;
  return filled(caller, model.shape, value, dtype ?? model.dtype);
}

/**
 * @example String(zeros([3]))   // [0. 0. 0.]
 */
export function zeros<const S extends Shape | []>(shape: S, options: As = {}): Tensor<S> {
  return filled('zeros', shape, 0, namedDType('zeros', options));
}

/**
 * @example String(ones([3]))   // [1. 1. 1.]
 */
export function ones<const S extends Shape | []>(shape: S, options: As = {}): Tensor<S> {
  return filled('ones', shape, 1, namedDType('ones', options));
}

/** One value everywhere, in the shape and dtype of another tensor. */
export function fullLike<S extends Shape>(like: Tensor<S>, value: number | boolean, options: As = {}): Tensor<S> {
  return filledLike('fullLike', like, value, namedDType('fullLike', options));
}

/** Zeros, in the shape and dtype of another tensor. */
export function zerosLike<S extends Shape>(like: Tensor<S>, options: As = {}): Tensor<S> {
  return filledLike('zerosLike', like, 0, namedDType('zerosLike', options));
}

/** Ones, in the shape and dtype of another tensor. */
export function onesLike<S extends Shape>(like: Tensor<S>, options: As = {}): Tensor<S> {
  return filledLike('onesLike', like, 1, namedDType('onesLike', options));
}

/**
 * The identity matrix.
 *
 * @example String(eye(2))   // [[1. 0.]\n [0. 1.]]
 */
export function eye<const N extends number>(n: N, options: As = {}): Tensor<[N, N]> {
  const dtype = namedDType('eye', options) ?? 'float32';
  checkShape([n, n], 'eye');
  const array = allocate(checkDType(dtype, 'eye'), n * n);
  for (let at = 0; at < array.length; at += n + 1) array[at] = 1;
  return fromTypedArray(array, [n, n] as [N, N]);
}

/**
 * start, start + step, … up to but without stop; with one argument 0, 1, … The dtype is int32 when all are whole
 * numbers, as in NumPy, else float32.
 *
 * @throws RangeError when the step is 0 or a number is not finite
 * @example String(arange(4))   // [0 1 2 3]
 * @example String(arange(0, 1, { step: 0.25 }))   // [0.   0.25 0.5  0.75]
 */
export function arange(start: number, stop?: number, options: As & { readonly step?: number } = {}): Tensor<[number]> {
  const { step = 1, dtype } = checkOptions('arange', options, ['step', 'dtype']);
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || ![from, to, step].every(Number.isFinite)) {
    throw new ShapeError(
      `arange: start, stop and step must be finite and the step not 0, got ${from}, ${to}, ${step}. Use full for one value repeated.`,
    );
  }
  const whole = [from, to, step].every(Number.isInteger);
  const count = Math.max(Math.ceil((to - from) / step), 0);
  const own = checkDType(dtype ?? (whole ? 'int32' : 'float32'), 'arange');
  const array = allocate(own, sizeOf(checkShape([count], 'arange')));
  for (let at = 0; at < count; at++) array[at] = held(from + at * step, own, 'arange');
  return fromTypedArray(array, [count]);
}

/**
 * `count` numbers spread evenly from start to stop, both included; in int32 rounded down, as in NumPy.
 *
 * @example String(linspace(0, 1, { count: 5 }))   // [0.   0.25 0.5  0.75 1.  ]
 */
export function linspace(
  start: number,
  stop: number,
  options: As & { readonly count?: number } = {},
): Tensor<[number]> {
  const { count = 50, dtype = 'float32' } = checkOptions('linspace', options, ['count', 'dtype']);
  const array = allocate(checkDType(dtype, 'linspace'), sizeOf(checkShape([count], 'linspace')));
  const step = (stop - start) / (count - 1);
  // The last is stop itself, not what rounding makes of it.
  for (let at = 0; at < count; at++) {
    const value = at === 0 ? start : at === count - 1 ? stop : at * step + start;
    array[at] = held(dtype === 'int32' ? Math.floor(value) : value, dtype, 'linspace');
  }
  return fromTypedArray(array, [count]);
}
