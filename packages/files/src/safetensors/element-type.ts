import type { DType, TypedArray } from '@nn/tensor';
import { damage } from './damage.ts';
import { smallFloat } from './small-float.ts';

/** A kind of number in a file: how many bytes it takes, and the dtype that it is read into. */
export interface ElementType {
  readonly size: number;
  readonly dtype: DType;
  /** How one number is read; left out where the bytes in the file are those in memory. */
  readonly read?: (view: DataView, at: number) => number;
}

/** The kinds that can be read. The first four are those that are written. */
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

const arrays = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array };

/** What a kind is called in a file, by the dtype of the tensor, in the order in which tensors are written. */
export const fileNames: Readonly<Record<DType, string>> = {
  float64: 'F64',
  float32: 'F32',
  int32: 'I32',
  bool: 'BOOL',
};

export const readableTypes: readonly string[] = /* @__PURE__ */ Object.keys(elementTypes);

export function elementType(name: string): ElementType | undefined {
  return Object.hasOwn(elementTypes, name) ? elementTypes[name] : undefined;
}

/**
 * The numbers between two bytes of a file.
 *
 * @throws FormatError when one is no truth value, or does not fit into int32
 */
export function readElements(bytes: Uint8Array, begin: number, end: number, type: ElementType): TypedArray {
  const { size, dtype, read } = type;
  const array = new arrays[dtype]((end - begin) / size);
  if (!read) {
    new Uint8Array(array.buffer).set(bytes.subarray(begin, end));
    const strange = dtype === 'bool' ? array.findIndex((value) => value > 1) : -1;
    if (strange >= 0) throw damage('value', begin + strange, `0 or 1 for a truth value, got ${array[strange]}`);
    return array;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < array.length; index++) {
    const at = begin + index * size;
    const value = read(view, at);
    array[index] = value;
    if (dtype === 'int32' && array[index] !== value) {
      throw damage(
        'value',
        at,
        `a number from −2147483648 to 2147483647, since whole numbers are read as int32, but found ${value}`,
        'Save the tensor as F64 to keep numbers of this size.',
      );
    }
  }
  return array;
}
