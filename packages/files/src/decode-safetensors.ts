import { memorySource } from './safetensors/byte-source.ts';
import { decode, type ReadOptions, type SafetensorsFile } from './safetensors/decode.ts';

/**
 * The tensors in the bytes of a safetensors file.
 *
 * F64, F32, I32 and BOOL become float64, float32, int32 and bool, bit for bit; F16 and BF16 become float32; the other
 * integer types become int32. With `keepDtypes` I8, U8, I16 and F16 become int8, uint8, int16 and float16. Runs no code, opens no other file, and takes memory in proportion to the file.
 *
 * @returns tensors by name, in the order of the header
 * @throws FormatError when the file breaks a rule of the format, or holds a number that its dtype cannot represent
 * @example String(decodeSafetensors(encodeSafetensors({ bias: tensor([1, 2]) })).tensors['bias'])   // [1. 2.]
 * @see https://huggingface.co/docs/safetensors
 */
export function decodeSafetensors(bytes: Uint8Array, options: ReadOptions = {}): SafetensorsFile {
  if (Object.prototype.toString.call(bytes) !== '[object Uint8Array]') {
    throw new TypeError(
      `decodeSafetensors: expected the bytes as a Uint8Array, got ${Object.prototype.toString.call(bytes)}. ` +
        `Wrap an ArrayBuffer: new Uint8Array(buffer).`,
    );
  }
  return decode(memorySource(bytes), options, 'decodeSafetensors');
}
