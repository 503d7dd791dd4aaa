import { DTypeError, ShapeError } from './errors.ts';
import { float16 } from './float16.ts';

/** The dtypes that operations compute in. */
export type ComputeDType = 'bool' | 'int32' | 'float32' | 'float64';

/** The dtypes of images and files: elements are stored and moved in them, and arithmetic gives int32 or float32. */
export type StorageDType = 'int8' | 'uint8' | 'int16' | 'float16';

/** The type of a tensor's elements. */
export type DType = ComputeDType | StorageDType;

/**
 * The arrays that tensors keep their elements in. Booleans are bytes of 0 and 1. float16 numbers lie in a Float32Array,
 * rounded, since not every engine has a Float16Array.
 */
export type TypedArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

type ReadonlyOf<A extends TypedArray> = Readonly<
  Omit<A, 'copyWithin' | 'fill' | 'reverse' | 'set' | 'sort' | 'subarray'>
> & { subarray(begin?: number, end?: number): ReadonlyOf<A> };

/** A typed array that is only read. `slice()` makes a copy to write to. */
export type ReadonlyTypedArray =
  | ReadonlyOf<Uint8Array>
  | ReadonlyOf<Int8Array>
  | ReadonlyOf<Int16Array>
  | ReadonlyOf<Int32Array>
  | ReadonlyOf<Float32Array>
  | ReadonlyOf<Float64Array>;

/** A typed array of numbers of any class and realm, such as the `data` of a canvas `ImageData` or a Node `Buffer`. */
export type NumberArray = ArrayBufferView & ArrayLike<number>;

/** The array class of each dtype, in the order of promotion. */
export const arrays: {
  readonly bool: typeof Uint8Array;
  readonly int8: typeof Int8Array;
  readonly uint8: typeof Uint8Array;
  readonly int16: typeof Int16Array;
  readonly int32: typeof Int32Array;
  readonly float16: typeof Float32Array;
  readonly float32: typeof Float32Array;
  readonly float64: typeof Float64Array;
} = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
};
const dtypes = /* @__PURE__ */ Object.keys(arrays) as readonly DType[];

/**
 * The dtype that holds the elements of two dtypes:
 *
 *   bool < int8, uint8 < int16 < int32 < float32 < float64,   bool < float16 < float32
 *
 * int8 and uint8 give int16, and float16 with any integers float32. Arithmetic gives at least int32, and real functions
 * at least float32: two uint8 add up to int32, so that no sum wraps at 8 bits.
 *
 * @example promote('int32', 'float32')   // float32
 */
export function promote(a: ComputeDType, b: ComputeDType): ComputeDType;
export function promote(a: DType, b: DType): DType;
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const inOrder = dtypes.indexOf(a) < dtypes.indexOf(b);
  const low = inOrder ? a : b;
  const high = inOrder ? b : a;
  if (high === 'uint8' && low === 'int8') return 'int16';
  if (high === 'float16' && low !== 'bool') return 'float32';
  return high;
}

/** The dtype in which a program computes with elements of a dtype. It holds all of them. */
export function computeDType(dtype: DType): ComputeDType {
  if (dtype === 'float16') return 'float32';
  return dtype === 'int8' || dtype === 'uint8' || dtype === 'int16' ? 'int32' : dtype;
}

/** Whether the elements are integers or booleans. */
export function isInteger(dtype: DType): boolean {
  return !dtype.startsWith('float');
}

/**
 * The dtype that an operation computes in: that of its result, and of a comparison the strongest of its operands.
 *
 * int32 operands are rounded to float32 before an operation in float32, as PyTorch does: float32 holds every integer up
 * to 2²⁴ = 16777216, and of those beyond only some. In float64, the dtype that NumPy takes here, all are exact.
 *
 * @param operands  the dtypes of the operands
 * @param result    the dtype of the result
 * @example computedIn(['int32', 'float32'], 'bool')   // float32
 */
export function computedIn(operands: readonly DType[], result: DType): ComputeDType {
  return computeDType(result === 'bool' ? operands.reduce<DType>(promote, result) : result);
}

/** Whether gradients flow through tensors of this dtype. */
export function isFloating(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** Whether a value is a JavaScript number or boolean, which stands for a tensor of rank 0. */
export function isNumber(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/**
 * The dtype of a JavaScript number that is an operand together with tensors of `dtype`. As in NumPy 2, a number never widens a tensor;
 * only a fraction beside integers gives float32.
 */
export function weakDType(value: number | boolean, dtype: DType): DType {
  if (isFloating(dtype) || typeof value === 'boolean') return dtype;
  return Number.isInteger(value) ? 'int32' : 'float32';
}

/**
 * @throws DTypeError when there is no such dtype
 */
export function checkDType(dtype: DType, caller: string): DType {
  if (!dtypes.includes(dtype)) {
    throw new DTypeError(`${caller}: there is no dtype ${String(dtype)}. Choose one of ${dtypes.join(', ')}.`);
  }
  return dtype;
}

/**
 * @throws DTypeError when the dtype is not the one wanted
 */
export function checkIs(dtype: DType, wanted: DType, caller: string): void {
  if (dtype === wanted) return;
  throw new DTypeError(`${caller} must be ${wanted}, got ${dtype}. Add .cast('${wanted}').`);
}

/**
 * Only floats have gradients.
 *
 * @throws DTypeError when the dtype is neither float32 nor float64
 */
export function checkFloating(dtype: DType, caller: string): void {
  if (isFloating(dtype)) return;
  throw new DTypeError(
    `${caller} must be float32 or float64, got ${String(dtype)}. Cast it: others have no gradients.`,
  );
}

/** The least and the largest number of each dtype of integers. */
const limits = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
} as const;

/**
 * A number as a tensor of `dtype` holds it: booleans as 0 and 1. float32 and float64 are not rounded here, as the array
 * rounds them.
 *
 * @throws DTypeError when the number does not fit into a dtype of integers
 */
export function held(value: number, dtype: DType, caller: string): number {
  if (dtype === 'float32' || dtype === 'float64') return value;
  if (dtype === 'bool') return Number(value !== 0);
  if (dtype === 'float16') return float16(value);
  const [least, most] = limits[dtype];
  if (value > least - 1 && value < most + 1) return value;
  const wider = dtype === 'int32' ? 'float64' : 'int32';
  throw new DTypeError(`${caller}: ${value} lies outside ${dtype}. Use ${wider} for such numbers.`);
}

/** Whether a dtype has the number; floats have every number, rounded. */
export function holdsExactly(dtype: DType, value: number): boolean {
  if (dtype === 'bool') return value === 0 || value === 1;
  if (dtype === 'float16') return Object.is(float16(value), value);
  if (dtype === 'float32' || dtype === 'float64') return true;
  const [least, most] = limits[dtype];
  return Number.isInteger(value) && value >= least && value <= most;
}

/** The class name of a typed array, such as `Uint8Array`. It works in every realm, and for subclasses such as `Buffer`. */
export function classOf(value: unknown): string | undefined {
  return ArrayBuffer.isView(value) ? (value as unknown as Uint8Array)[Symbol.toStringTag] : undefined;
}

/** The dtype that holds every number of a class of typed arrays, but for large Uint32; none for bigints. */
export function dtypeOf(className: string | undefined): DType | undefined {
  if (className === 'Float64Array') return 'float64';
  if (className?.startsWith('Float')) return 'float32';
  return className && /^U?int/i.test(className) ? 'int32' : undefined;
}

/** The dtype that keeps its elements in arrays of this class: bool for a Uint8Array, float32 for a Float32Array. */
export function storedIn(className: string | undefined): DType | undefined {
  return dtypes.find((dtype) => dtype !== 'float16' && arrays[dtype].name === className);
}

/**
 * A new array of zeros.
 *
 * @throws ShapeError when there is no memory for it
 */
export function allocate(dtype: DType, size: number): TypedArray {
  try {
    // Branches instead of a table of constructors: the engine inlines them.
    if (dtype === 'float32') return new Float32Array(size);
    if (dtype === 'float64') return new Float64Array(size);
    if (dtype === 'int32') return new Int32Array(size);
    if (dtype === 'bool' || dtype === 'uint8') return new Uint8Array(size);
    return new arrays[dtype](size);
  } catch {
    throw new ShapeError(`There is no memory for ${size} numbers of ${dtype}. Work in smaller batches.`);
  }
}
