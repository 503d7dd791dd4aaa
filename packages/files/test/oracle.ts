import { encodeSafetensors, FormatError, type SafetensorsFile } from '@nn/files';

export type Decode = (bytes: Uint8Array) => SafetensorsFile;

/** What a file holds, as a text in which every bit of every number shows. */
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
 * What is wrong with how a decoder takes a file: it has to refuse it with a FormatError that points into it, or to read
 * tensors that come back the same after saving.
 *
 * @param expected  'refused' for a file that breaks a rule, what is written in it for a whole one, undefined when either may be
 * @returns undefined when nothing is wrong
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
    return expected === undefined || expected === 'refused' ? undefined : `refused a whole file: ${error.message}`;
  }
  if (expected === 'refused') return 'read a broken file';
  const read = written(file);
  if (expected !== undefined && read !== expected) return `read\n${read}\nand not\n${expected}`;
  const again = written(decode(encodeSafetensors(file.tensors, { metadata: file.metadata })));
  return again === read ? undefined : `read\n${read}\nand after saving\n${again}`;
}
