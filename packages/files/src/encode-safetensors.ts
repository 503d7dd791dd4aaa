import type { Tensor } from '@nn/tensor';
import { encode, type SafetensorsOptions } from './safetensors/encode.ts';

/**
 * Tensors by name, as the bytes of a safetensors file.
 *
 * The same tensors always give the same bytes. float64 comes first, then float32, int32, float16, int16, int8, uint8 and bool,
 * each in alphabetical order of names, so that every number lies at a multiple of its size. The format's own library writes the same bytes.
 *
 * @param tensors   a plain object of tensors by name
 * @param metadata  strings to keep beside the tensors, by name
 * @throws TypeError when `tensors` is not a plain object, a value not a tensor, or a metadata value not a string
 * @throws RangeError when the data of a tensor do not fit its shape, or a name cannot be written
 * @example encodeSafetensors({ bias: tensor([1, 2]) }).length   // 80
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  options: SafetensorsOptions = {},
): Uint8Array<ArrayBuffer> {
  const parts = encode(tensors, options, 'encodeSafetensors');
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
