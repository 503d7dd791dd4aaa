import { fromTypedArray, type Tensor } from '@nn/tensor';
import { readElements } from './safetensors/element-type.ts';
import { readHeader } from './safetensors/header.ts';

/** What a safetensors file holds: tensors by name, and texts that its writer added. Neither record has a prototype. */
export interface SafetensorsFile {
  readonly tensors: Record<string, Tensor>;
  readonly metadata: Record<string, string>;
}

/**
 * The tensors in the bytes of a safetensors file.
 *
 * F64, F32, I32 and BOOL become float64, float32, int32 and bool, bit for bit; F16 and BF16 become float32; the other
 * kinds of whole numbers become int32. Runs no code, opens no other file, and takes memory in proportion to the file.
 *
 * @returns tensors by name, in the order in which the header names them
 * @throws FormatError when the file breaks a rule of the format, or holds what no tensor can hold
 * @example String(decodeSafetensors(encodeSafetensors({ bias: tensor([1, 2]) })).tensors['bias'])   // [1. 2.]
 * @see https://huggingface.co/docs/safetensors
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      `decodeSafetensors: expected the bytes as a Uint8Array, got ${Object.prototype.toString.call(bytes)}. ` +
        `Wrap an ArrayBuffer: new Uint8Array(buffer).`,
    );
  }
  const { entries, metadata } = readHeader(bytes);
  const tensors = Object.create(null) as Record<string, Tensor>;
  for (const { name, type, shape, begin, end } of entries) {
    tensors[name] = fromTypedArray(readElements(bytes, begin, end, type), shape);
  }
  return { tensors, metadata };
}
