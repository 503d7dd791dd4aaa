import { encodeSafetensors, FormatError, type SafetensorsFile } from '@nn/files';

export type Decode = (bytes: Uint8Array) => SafetensorsFile;

/** The content of a file as a string that shows every bit of every number. */
export function written({ tensors, metadata }: SafetensorsFile): string {
  const lines = Object.entries(tensors).map(([name, { dtype, shape, data }]) => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return `${JSON.stringify(name)} ${dtype} [${shape.join(', ')}] ${bytes.toString('hex')}`;
  });
  return [...lines.toSorted(), JSON.stringify(Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1)))].join(
    '\n',
  );
}

/**
 * The fault of a decoder on a file. A decoder must either throw a FormatError whose offset lies in the file, or return
 * tensors that are the same after saving and reading again.
 *
 * @param expected  'refused' for a file that breaks a rule, the content of a valid file, undefined when it may be either
 * @returns undefined when the decoder is right
 */
export function faultOf(decode: Decode, bytes: Uint8Array, expected?: string): string | undefined {
  let file: SafetensorsFile;
  try {
    file = decode(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) return `threw ${String(error)}`;
    if (!Number.isInteger(error.offset) || error.offset < 0 || error.offset > bytes.length) {
      return `points to byte ${error.offset} of ${bytes.length}`;
    }
    return expected === undefined || expected === 'refused' ? undefined : `refused a valid file: ${error.message}`;
  }
  if (expected === 'refused') return 'read a broken file';
  const read = written(file);
  if (expected !== undefined && read !== expected) return `read\n${read}\ninstead of\n${expected}`;
  const again = written(decode(encodeSafetensors(file.tensors, { metadata: file.metadata })));
  return again === read ? undefined : `read\n${read}\nand after saving\n${again}`;
}
