import type { Tensor } from '@nn/tensor';
import { encodeSafetensors } from '../encode-safetensors.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/**
 * Saves tensors by name as a safetensors file, whole or not at all.
 *
 * Variables are tensors, so the parameters of a model are saved as they are.
 *
 * @param metadata  texts to keep beside the tensors, by name
 * @throws SaveError when the file cannot be written; the old file then stands as it was
 * @throws TypeError, RangeError when a name or text cannot be written
 */
export function saveSafetensors(
  path: string,
  tensors: Readonly<Record<string, Tensor>>,
  settings: { readonly metadata?: Readonly<Record<string, string>> } = {},
): void {
  writeFileAtomic(path, encodeSafetensors(tensors, settings));
}
