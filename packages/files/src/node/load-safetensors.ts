import { readFileSync } from 'node:fs';
import { decodeSafetensors, type SafetensorsFile } from '../decode-safetensors.ts';
import { FormatError } from '../format-error.ts';

/**
 * The tensors in a safetensors file.
 *
 * @throws FormatError when the file breaks a rule of the format
 */
export function loadSafetensors(path: string): SafetensorsFile {
  const bytes = readFileSync(path);
  try {
    return decodeSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`${path}: ${error.message}`, { code: error.code, offset: error.offset, cause: error });
  }
}
