import {
  allocate,
  arrays,
  checkDType,
  classOf,
  type DType,
  dtypeOf,
  held,
  holdsExactly,
  isFloating,
  isInteger,
  isNumber,
  type NumberArray,
  storedIn,
  type TypedArray,
} from './dtype.ts';
import { checkNumber, describe, DTypeError, ShapeError } from './errors.ts';
import type { Nested, TensorJSON } from './methods/tensor-base.ts';
import { checkOptions } from './options.ts';
import { checkSize, checkShape, copyShape, largestRank, type Shape, showShape, sizeOf } from './shape.ts';
import { rowMajor } from './strided.ts';
import { checkTensor, Tensor } from './tensor.ts';
import type { NestedShape } from './types/broadcast.ts';

/** The dtype of a new tensor. */
export interface As {
  readonly dtype?: DType;
}

/**
 * A tensor of the numbers in `values`: a number, nested arrays, a typed array, or what `x.toJSON()` returned. They are
 * copied.
 *
 * The dtype, unless one is named or `toJSON` wrote it:
 *
 *   numbers                       float32
 *   booleans only                 bool
 *   Float64Array                  float64
 *   Float32Array, Float16Array    float32
 *   Int8Array … Uint32Array       int32        also Uint8ClampedArray (the data of a canvas ImageData) and Buffer
 *
 * With `{ dtype: 'bool' }` every number but 0 becomes true. int8, uint8, int16 and float16 are for storage: arithmetic on them
 * gives int32 or float32.
 *
 * @throws ShapeError when rows differ in length, or the data of `toJSON` does not fit its shape
 * @throws DTypeError when an element is not a number, as in a BigInt64Array, or lies outside the dtype
 * @example String(tensor([[1, 2], [3, 4]]))   // [[1. 2.]\n [3. 4.]]
 * @example String(tensor(new Uint8ClampedArray([0, 128, 255])))   // [  0 128 255]
 */
export function tensor<const T extends Nested | NumberArray | TensorJSON>(
  values: T,
  options: As = {},
): Tensor<NestedShape<T>> {
  const dtype = namedDType('tensor', options);
  let made: Tensor;
  if (ArrayBuffer.isView(values)) made = copyOf(values, dtype);
  else if (isJSON(values)) made = restored(values, dtype);
  else made = flattened(values as Nested, dtype);
  return made as Tensor<NestedShape<T>>;
}

/** The dtype that the options of a function name. It takes no other option. */
function namedDType(caller: string, options: As): DType | undefined {
  const { dtype } = checkOptions(caller, options, ['dtype']);
  return dtype === undefined ? dtype : checkDType(dtype, caller);
}

/** A tensor of rank 1 with the numbers of a typed array. */
function copyOf(values: NumberArray, dtype: DType | undefined): Tensor {
  const className = classOf(values);
  const natural = dtypeOf(className);
  if (!natural) {
    throw new DTypeError(
      `tensor: expected numbers, got ${className}. Convert it with Float64Array.from(values, Number), ` +
        `or Int32Array.from(values, Number) for integers.`,
    );
  }
  const to = dtype ?? natural;
  const array = allocate(to, values.length);
  if (isFloating(to)) array.set(values);
  else for (let at = 0; at < array.length; at++) array[at] = held(values[at]!, to, 'tensor');
  return contiguous(array, to, [array.length]);
}

function isJSON(values: unknown): values is TensorJSON {
  return Array.isArray((values as Partial<TensorJSON> | null | undefined)?.data);
}

/** The tensor that `toJSON` wrote. */
function restored({ shape, dtype, data }: TensorJSON, to: DType = checkDType(dtype, 'tensor')): Tensor {
  checkSize(shape, data.length, 'tensor');
  const numbers = data.map((x) => (['-0', 'NaN', 'Infinity', '-Infinity'].includes(x as string) ? Number(x) : x));
  return flattened(numbers as Nested, to).reshape(shape);
}

/** A tensor of the numbers in nested arrays. The first element of each level gives the shape. */
function flattened(values: Nested, dtype: DType | undefined): Tensor {
  const shape: number[] = [];
  let first: unknown = values;
  // No deeper than a tensor can be: an array may contain itself.
  for (; Array.isArray(first) && shape.length <= largestRank; first = first[0]) shape.push(first.length);
  checkShape(shape, 'tensor');
  const to = dtype ?? (typeof first === 'boolean' && allBoolean(values) ? 'bool' : 'float32');
  const array = allocate(to, sizeOf(shape));
  // As the only element of an array, a single number is copied like all others.
  copyNested([values], [], 0, shape, array, 0, to);
  return contiguous(array, to, shape);
}

function allBoolean(values: Nested): boolean {
  return Array.isArray(values) ? values.every(allBoolean) : typeof values === 'boolean';
}

/**
 * Copies the numbers in nested arrays one after the other.
 *
 * @param index  where `level` stands in the outermost array
 * @param axis   the axis that the elements of `level` cross; they are numbers when there is no such axis
 * @param at     where the first number goes
 * @returns      where the next number after the last goes
 */
function copyNested(
  level: readonly unknown[],
  index: readonly number[],
  axis: number,
  shape: Shape,
  array: TypedArray,
  at: number,
  dtype: DType,
): number {
  const leaves = axis === shape.length;
  const floats = leaves && isFloating(dtype);
  for (let k = 0; k < level.length; k++) {
    const value = level[k];
    if (floats && typeof value === 'number') array[at++] = value;
    else if (leaves && isNumber(value)) array[at++] = held(Number(value), dtype, 'tensor');
    else {
      const position = axis === 0 ? [] : [...index, k];
      if (!Array.isArray(value) || value.length !== shape[axis]) throw notFitting(value, shape, position);
      at = copyNested(value, position, axis + 1, shape, array, at, dtype);
    }
  }
  return at;
}

/** The error for an element or row that does not fit the shape. */
function notFitting(value: unknown, shape: Shape, index: readonly number[]): Error {
  const row = Array.isArray(value);
  if (index.length === shape.length && !row) {
    return new DTypeError(
      `tensor: expected numbers, got ${String(value)} at ${showShape(index)}. Convert it with Number().`,
    );
  }
  const [expected, got] = [shape[index.length], row ? value.length : undefined].map((length) =>
    length === undefined ? 'a single value' : `a row of ${length}`,
  );
  return new ShapeError(
    `tensor: rows must have equal lengths, expected ${expected} at ${showShape(index)}, got ${got}. Fill up or cut the rows.`,
  );
}

/** A tensor over an array that nobody else writes to, in row-major order. */
function contiguous<S extends Shape>(array: TypedArray, dtype: DType, shape: S): Tensor<S> {
  const own = copyShape(shape);
  return new Tensor(own, dtype, { array, strides: rowMajor(own), offset: 0 });
}

/**
 * A tensor over an existing array, without a copy. Do not write to the array afterwards.
 *
 * A Float32Array, Float64Array, Int32Array, Int16Array or Int8Array gives its own dtype. A Uint8Array gives uint8 with
 * `{ dtype: 'uint8' }`, and booleans with `{ dtype: 'bool' }` when its bytes are 0 and 1. A Float32Array of rounded numbers
 * gives float16 with `{ dtype: 'float16' }`. Other arrays cannot be shared: `tensor(values).reshape(shape)` copies them.
 *
 * @throws ShapeError when the shape does not hold as many elements as the array
 * @throws DTypeError when the array is of another class, a byte is neither 0 nor 1, or a float16 is not rounded
 * @example String(fromTypedArray(new Float32Array([1, 2, 3, 4]), [2, 2]))   // [[1. 2.]\n [3. 4.]]
 * @example String(fromTypedArray(new Uint8Array([1, 0]), [2], { dtype: 'bool' }))   // [ True False]
 */
export function fromTypedArray<const S extends Shape | []>(array: TypedArray, shape: S, options: As = {}): Tensor<S> {
  const dtype = namedDType('fromTypedArray', options);
  const className = classOf(array);
  // Two dtypes share their arrays with others: uint8 with bool, and float16 with float32.
  const shared = dtype === 'uint8' || dtype === 'float16';
  const own = shared && className === arrays[dtype].name ? dtype : storedIn(className);
  const bytes = own === 'bool' && !dtype;
  if (!own || bytes || own !== (dtype ?? own)) {
    const expected = dtype ? arrays[dtype].name : 'Float32Array, Float64Array or Int32Array';
    throw new DTypeError(
      `fromTypedArray: expected ${expected}, got ${className ?? describe(array)}. ` +
        `Write tensor(values).reshape(shape)${bytes ? `, or name the dtype: { dtype: 'uint8' } or 'bool'` : ''}.`,
    );
  }
  checkSize(shape, array.length, 'fromTypedArray');
  const wrong = own === 'bool' || own === 'float16' ? array.findIndex((value) => !holdsExactly(own, value)) : -1;
  if (wrong >= 0) {
    const requirement = own === 'bool' ? 'a bool must be 0 or 1' : 'a float16 must be rounded to 11 bits';
    throw new DTypeError(
      `fromTypedArray: ${requirement}, got ${array[wrong]} at ${wrong}. Write tensor(values, { dtype: '${own}' }).`,
    );
  }
  return contiguous(array, own, shape);
}

/**
 * A tensor with every element set to `value`.
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
  const number = held(Number(value), dtype, caller);
  const array = allocate(dtype, sizeOf(checkShape(shape, caller)));
  if (number !== 0) array.fill(number);
  return contiguous(array, dtype, shape);
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
 * A tensor of zeros.
 *
 * @example String(zeros([3]))   // [0. 0. 0.]
 */
export function zeros<const S extends Shape | []>(shape: S, options: As = {}): Tensor<S> {
  return filled('zeros', shape, 0, namedDType('zeros', options));
}

/**
 * A tensor of ones.
 *
 * @example String(ones([3]))   // [1. 1. 1.]
 */
export function ones<const S extends Shape | []>(shape: S, options: As = {}): Tensor<S> {
  return filled('ones', shape, 1, namedDType('ones', options));
}

/** A tensor of the shape and dtype of another, with every element set to `value`. */
export function fullLike<S extends Shape>(like: Tensor<S>, value: number | boolean, options: As = {}): Tensor<S> {
  return filledLike('fullLike', like, value, namedDType('fullLike', options));
}

/** Zeros of the shape and dtype of another tensor. */
export function zerosLike<S extends Shape>(like: Tensor<S>, options: As = {}): Tensor<S> {
  return filledLike('zerosLike', like, 0, namedDType('zerosLike', options));
}

/** Ones of the shape and dtype of another tensor. */
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
  const array = allocate(dtype, n * n);
  for (let at = 0; at < array.length; at += n + 1) array[at] = 1;
  return contiguous(array, dtype, [n, n] as [N, N]);
}

/** The options of `arange`. */
export interface ArangeOptions extends As {
  /** The distance of two numbers, 1 unless given. */
  readonly step?: number;
}

/**
 * The numbers start, start + step, … below stop; `arange(n)` counts from 0 to n − 1. The dtype is int32 when all three
 * are integers, as in NumPy, else float32.
 *
 * @throws RangeError when the step is 0 or a number is not finite
 * @throws TypeError when start, stop or step is not a number
 * @example String(arange(4))   // [0 1 2 3]
 * @example String(arange(3, { dtype: 'float32' }))   // [0. 1. 2.]
 * @example String(arange(0, 1, { step: 0.25 }))   // [0.   0.25 0.5  0.75]
 */
export function arange(stop: number, options?: ArangeOptions): Tensor<[number]>;
export function arange(start: number, stop: number, options?: ArangeOptions): Tensor<[number]>;
export function arange(first: number, second?: number | ArangeOptions, third: ArangeOptions = {}): Tensor<[number]> {
  // A second argument that is no object is `stop`; checkNumber refuses a wrong one.
  const hasStop = second !== undefined && typeof second !== 'object';
  const [from, to, options] = hasStop ? [first, second, third] : [0, first, second === undefined ? third : second];
  const { step = 1, dtype } = checkOptions('arange', options, ['step', 'dtype']);
  const numbers = { start: from, stop: to, step };
  for (const [name, value] of Object.entries(numbers)) checkNumber('arange', name, value, true, 'a number');
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
  return contiguous(array, own, [count]);
}

/**
 * `count` evenly spaced numbers from start to stop, both included. As int32 they are rounded down, as in NumPy.
 *
 * @throws TypeError when start or stop is not a number
 * @example String(linspace(0, 1, { count: 5 }))   // [0.   0.25 0.5  0.75 1.  ]
 */
export function linspace(
  start: number,
  stop: number,
  options: As & { readonly count?: number } = {},
): Tensor<[number]> {
  const { count = 50, dtype = 'float32' } = checkOptions('linspace', options, ['count', 'dtype']);
  for (const [name, value] of Object.entries({ start, stop })) checkNumber('linspace', name, value, true, 'a number');
  const array = allocate(checkDType(dtype, 'linspace'), sizeOf(checkShape([count], 'linspace')));
  const step = (stop - start) / (count - 1);
  for (let at = 0; at < count; at++) {
    // The last number is stop itself: start + (count − 1) · step may round to another.
    const value = at === 0 ? start : at === count - 1 ? stop : at * step + start;
    array[at] = held(isInteger(dtype) && dtype !== 'bool' ? Math.floor(value) : value, dtype, 'linspace');
  }
  return contiguous(array, dtype, [count]);
}
