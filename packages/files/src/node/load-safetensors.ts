import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { FormatError } from '../format-error.ts';
import { type ByteSource, memorySource } from '../safetensors/byte-source.ts';
import { decode, type ReadOptions, type SafetensorsFile } from '../safetensors/decode.ts';
import { malformed } from '../safetensors/malformed.ts';
import { pieceBytes } from './piece-bytes.ts';

/**
 * The tensors in a safetensors file.
 *
 * Each tensor is read straight into its memory, in pieces, so that files may be larger than 2 GiB.
 *
 * @param options.keepDtypes  whether I8, U8, I16 and F16 become int8, uint8, int16 and float16, not int32 and float32
 * @throws FormatError when the file breaks a rule of the format
 */
export function loadSafetensors(path: string, options: ReadOptions = {}): SafetensorsFile {
  const file = openSync(path, 'r');
  try {
    const status = fstatSync(file);
    // A pipe has no size and no positions: it is read to its end first.
    const source = status.isFile() ? fileSource(file, status.size) : memorySource(readFileSync(file));
    return decode(source, options, 'loadSafetensors');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError(`${path}: ${error.message}`, { code: error.code, offset: error.offset, cause: error });
  } finally {
    closeSync(file);
  }
}

function fileSource(file: number, length: number): ByteSource {
  return {
    length,
    read(target, offset) {
      for (let at = 0; at < target.length;) {
        const count = readSync(file, target, at, Math.min(target.length - at, pieceBytes), offset + at);
        if (count === 0) {
          throw malformed(
            'length',
            offset + at,
            `${length} bytes, got the end of the file: it was cut while being read`,
          );
        }
        at += count;
      }
    },
  };
}
