import type { Tensor } from '@nn/tensor';
import { encode, type SafetensorsOptions } from '../safetensors/encode.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/**
 * Saves tensors by name as a safetensors file, whole or not at all.
 *
 * Variables are tensors, so the parameters of a model are saved as they are. The numbers are not copied on the way.
 *
 * @param tensors   a plain object of tensors by name
 * @param metadata  strings to keep beside the tensors, by name
 * @throws SaveError when the file cannot be written; the old file is then unchanged
 * @throws TypeError when `tensors` is not a plain object, a value not a tensor, or a metadata value not a string
 * @throws RangeError when the data of a tensor do not fit its shape, or a name cannot be written
 */
export function saveSafetensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  options: SafetensorsOptions = {},
): void {
  writeFileAtomic(path, encode(tensors, options, 'saveSafetensors'));
}
