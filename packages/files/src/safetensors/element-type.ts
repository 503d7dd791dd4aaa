import type { DType, TypedArray } from '@nn/tensor';
import type { ByteSource } from './byte-source.ts';
import { malformed } from './malformed.ts';
import { smallFloat } from './small-float.ts';

/** A number type of the format: its size in bytes, and the dtype that it is read into. */
export interface ElementType {
  readonly size: number;
  readonly dtype: DType;
  /** Reads one number; left out where the bytes in the file are those in memory. */
  readonly read?: (view: DataView, at: number) => number;
}

/** The types that can be read. */
const elementTypes: Readonly<Record<string, ElementType>> = {
  F64: { size: 8, dtype: 'float64' },
  F32: { size: 4, dtype: 'float32' },
  I32: { size: 4, dtype: 'int32' },
  BOOL: { size: 1, dtype: 'bool' },
  F16: { size: 2, dtype: 'float32', read: (view, at) => smallFloat(view.getUint16(at, true), 10) },
  BF16: { size: 2, dtype: 'float32', read: (view, at) => smallFloat(view.getUint16(at, true), 7) },
  I64: { size: 8, dtype: 'int32', read: (view, at) => Number(view.getBigInt64(at, true)) },
  U64: { size: 8, dtype: 'int32', read: (view, at) => Number(view.getBigUint64(at, true)) },
  U32: { size: 4, dtype: 'int32', read: (view, at) => view.getUint32(at, true) },
  I16: { size: 2, dtype: 'int32', read: (view, at) => view.getInt16(at, true) },
  U16: { size: 2, dtype: 'int32', read: (view, at) => view.getUint16(at, true) },
  I8: { size: 1, dtype: 'int32', read: (view, at) => view.getInt8(at) },
  U8: { size: 1, dtype: 'int32', read: (view, at) => view.getUint8(at) },
};

/** The types with the dtype of the file, which are read into a larger one unless the dtype is kept. */
const keptTypes: Readonly<Record<string, ElementType>> = {
  F16: { ...elementTypes['F16']!, dtype: 'float16' },
  I16: { ...elementTypes['I16']!, dtype: 'int16' },
  I8: { ...elementTypes['I8']!, dtype: 'int8' },
  U8: { ...elementTypes['U8']!, dtype: 'uint8' },
};

const arrays = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  float16: Float32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/** The type that each dtype is written as, in the order in which tensors are written: from large elements to small ones. */
export const fileTypes: Readonly<Record<DType, string>> = {
  float64: 'F64',
  float32: 'F32',
  int32: 'I32',
  float16: 'F16',
  int16: 'I16',
  int8: 'I8',
  uint8: 'U8',
  bool: 'BOOL',
};

export const readableTypes: readonly string[] = /* @__PURE__ */ Object.keys(elementTypes);

/** @param keepDtypes  whether small numbers keep the dtype of the file, where there is one */
export function elementType(name: string, keepDtypes: boolean): ElementType | undefined {
  if (keepDtypes && Object.hasOwn(keptTypes, name)) return keptTypes[name];
  return Object.hasOwn(elementTypes, name) ? elementTypes[name] : undefined;
}

/** Whether an array is of the class that holds the numbers of a dtype, in any realm. */
export function holds(array: unknown, dtype: DType): array is TypedArray {
  return Object.prototype.toString.call(array) === `[object ${arrays[dtype].name}]`;
}

/** Numbers that are converted are read in pieces of this many bytes, a multiple of every size. */
const pieceBytes = 65_536;

/**
 * The numbers between two bytes of a file.
 *
 * @throws FormatError when a bool is neither 0 nor 1, or an integer does not fit into int32
 */
export function readElements(source: ByteSource, begin: number, end: number, type: ElementType): TypedArray {
  const { size, dtype, read } = type;
  const array = new arrays[dtype]((end - begin) / size);
  if (!read) {
    source.read(new Uint8Array(array.buffer), begin);
    const wrong = dtype === 'bool' ? array.findIndex((value) => value > 1) : -1;
    if (wrong >= 0) throw malformed('value', begin + wrong, `0 or 1 for a bool, got ${array[wrong]}`);
    return array;
  }
  const piece = new Uint8Array(Math.min(end - begin, pieceBytes));
  for (let start = begin, index = 0; start < end; start += piece.length) {
    const bytes = piece.subarray(0, Math.min(end - start, piece.length));
    source.read(bytes, start);
    const view = new DataView(bytes.buffer, 0, bytes.length);
    for (let at = 0; at < bytes.length; at += size, index++) {
      const value = read(view, at);
      array[index] = value;
      if (dtype === 'int32' && array[index] !== value) {
        throw malformed(
          'value',
          start + at,
          `an integer from −2147483648 to 2147483647, since integers are read as int32, got ${value}`,
          'Save the tensor as F64 to keep numbers of this size.',
        );
      }
    }
  }
  return array;
}
