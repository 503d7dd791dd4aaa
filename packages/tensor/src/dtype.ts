import { DTypeError, ShapeError } from './errors.ts';

/** The kinds of number a tensor holds. */
export type DType = 'bool' | 'int32' | 'float32' | 'float64';

/** Where the numbers lie in memory; booleans are bytes of 0 and 1. */
export type TypedArray = Uint8Array | Int32Array | Float32Array | Float64Array;

/** The arrays of each dtype, from the weakest to the strongest: mixing two gives the stronger. */
export const arrays: {
  readonly bool: typeof Uint8Array;
  readonly int32: typeof Int32Array;
  readonly float32: typeof Float32Array;
  readonly float64: typeof Float64Array;
} = { bool: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };
const dtypes = /* @__PURE__ */ Object.keys(arrays) as readonly DType[];

/**
 * The dtype that two operands meet in: bool < int32 < float32 < float64.
 *
 * @example promote('int32', 'float32')   // float32
 */
export function promote(a: DType, b: DType): DType {
  return dtypes.indexOf(a) < dtypes.indexOf(b) ? b : a;
}

export function isFloating(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** Is it a JavaScript number or boolean, which stands for a tensor of rank 0? */
export function isNumber(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/**
 * The dtype that a JavaScript number takes beside tensors of `dtype`: a number never makes a tensor wider, as in
 * NumPy 2; only a fraction beside integers makes floats.
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
 * @throws DTypeError when a dtype is another than wanted
 */
export function checkIs(dtype: DType, wanted: DType, caller: string): void {
  if (dtype === wanted) return;
  throw new DTypeError(`${caller} must be ${wanted}, got ${dtype}. Write cast('${wanted}') behind it.`);
}

/**
 * @throws DTypeError when what shall have gradients is neither float32 nor float64
 */
export function checkFloating(dtype: DType, caller: string): void {
  if (isFloating(dtype)) return;
  throw new DTypeError(
    `${caller} must be float32 or float64, got ${String(dtype)}. Cast it: others have no gradients.`,
  );
}

/**
 * A number as tensors of `dtype` hold it: booleans as 0 and 1. What a typed array rounds by itself stays as it is.
 *
 * @throws DTypeError when it is too large for whole numbers, or no number
 */
export function held(value: number, dtype: DType, caller: string): number {
  if (dtype === 'bool') return Number(value !== 0);
  if (dtype === 'int32' && !(value > -2147483649 && value < 2147483648)) {
    throw new DTypeError(`${caller}: ${value} lies outside int32. Use float64 for such numbers.`);
  }
  return value;
}

/** The dtype whose numbers an array of this kind holds, if any: a Uint8Array holds booleans. */
export function dtypeOf(array: unknown): DType | undefined {
  return dtypes.find((dtype) => array instanceof arrays[dtype]);
}

/**
 * A fresh array of zeros.
 *
 * @throws ShapeError when there is no memory for it
 */
export function allocate(dtype: DType, size: number): TypedArray {
  try {
    // Branches, not a table of constructors, which the engine could not see through.
    if (dtype === 'float32') return new Float32Array(size);
    if (dtype === 'float64') return new Float64Array(size);
    if (dtype === 'int32') return new Int32Array(size);
    return new Uint8Array(size);
  } catch {
    throw new ShapeError(`There is no memory for ${size} numbers of ${dtype}. Work in smaller batches.`);
  }
}
