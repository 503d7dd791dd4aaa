import { checkOptions, fromTypedArray, type Tensor } from '@nn/tensor';
import type { ByteSource } from './byte-source.ts';
import { readElements } from './element-type.ts';
import { readHeader } from './header.ts';

/** What a safetensors file holds: tensors by name, and strings that its writer added. Neither record has a prototype. */
export interface SafetensorsFile {
  readonly tensors: Record<string, Tensor>;
  readonly metadata: Record<string, string>;
}

/** How a safetensors file is read. */
export interface ReadOptions {
  /**
   * Whether I8, U8, I16 and F16 become int8, uint8, int16 and float16, which are for storage. Otherwise they become int32 and
   * float32, which operations compute in.
   */
  readonly keepDtypes?: boolean;
}

/** Reads a whole file, one tensor after the other, so that only one copy of it is in memory. */
export function decode(source: ByteSource, options: ReadOptions, caller: string): SafetensorsFile {
  const { keepDtypes = false } = checkOptions(caller, options, ['keepDtypes']);
  const { entries, metadata } = readHeader(source, keepDtypes);
  const tensors = Object.create(null) as Record<string, Tensor>;
  for (const { name, type, shape, begin, end } of entries) {
    const { dtype } = type;
    tensors[name] = fromTypedArray(readElements(source, begin, end, type), shape, { dtype });
  }
  return { tensors, metadata };
}
