import type { ByteSource } from './byte-source.ts';
import { type ElementType, elementType, readableTypes } from './element-type.ts';
import { JsonReader, quoted } from './json-reader.ts';
import { malformed } from './malformed.ts';

/** The largest size of a header in bytes. */
export const longestHeader = 100_000_000;

/** The largest number of elements in one tensor. */
const largestSize = 2 ** 31 - 1;

/** Bytes before the header; they hold its length. */
export const prefix = 8;

/** One tensor of the file: its type and shape, and the bytes between which its numbers lie. */
interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Where its name begins in the text of the header. */
  readonly position: number;
}

export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Record<string, string>;
}

/**
 * Reads the header of a safetensors file and checks every rule of the format except those on single numbers.
 *
 * @param keepDtypes  whether small numbers keep the dtype of the file
 * @throws FormatError when the file breaks a rule; nothing larger than the header has been allocated by then
 * @see https://huggingface.co/docs/safetensors
 */
export function readHeader(source: ByteSource, keepDtypes: boolean): Header {
  const header = new Uint8Array(headerLength(source));
  source.read(header, prefix);
  const start = prefix + header.length;
  const reader = new JsonReader(headerText(header), prefix);
  const entries: Entry[] = [];
  // The names are the file's. In a record without a prototype `__proto__` is a name like any other.
  const metadata = Object.create(null) as Record<string, string>;
  reader.object((name, position) => {
    if (name === '__metadata__') {
      reader.object((key) => {
        metadata[key] = reader.string();
      });
    } else {
      entries.push(readEntry(reader, name, position, start, keepDtypes));
    }
  });
  reader.end();
  checkSpans(reader, entries, start, source.length);
  return { entries, metadata };
}

function headerLength(source: ByteSource): number {
  if (source.length < prefix) {
    throw malformed('length', 0, `8 bytes with the length of the header, got ${source.length}`);
  }
  const bytes = new Uint8Array(prefix);
  source.read(bytes, 0);
  const length = new DataView(bytes.buffer).getBigUint64(0, true);
  const most = Math.min(longestHeader, source.length - prefix);
  if (length > BigInt(most)) {
    throw malformed(
      'length',
      0,
      `the length of the header, at most ${most} in a file of ${source.length} bytes, got ${length}`,
    );
  }
  return Number(length);
}

function headerText(header: Uint8Array): string {
  if (header[0] !== 0x7b)
    throw malformed('syntax', prefix, `{ at the start of the header, got ${header[0] ?? 'nothing'}`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw malformed('text', prefix, 'a header in UTF-8, got other bytes');
  }
}

function readEntry(reader: JsonReader, name: string, position: number, start: number, keepDtypes: boolean): Entry {
  const found: { type?: ElementType; shape?: number[]; span?: number[] } = {};
  const integers = (): number[] => {
    const list: number[] = [];
    reader.array(() => list.push(reader.integer()));
    return list;
  };
  reader.object((key, keyPosition) => {
    if (key === 'dtype') found.type = readType(reader, name, keepDtypes);
    else if (key === 'shape') found.shape = integers();
    else if (key === 'data_offsets') found.span = integers();
    else reader.fail('name', `one of dtype, shape and data_offsets, got ${quoted(key)}`, keyPosition);
  });
  const { type, shape, span: [begin, end, ...more] = [] } = found;
  if (!type || !shape || begin === undefined || end === undefined || more.length > 0) {
    return reader.fail('syntax', `dtype, shape and two data_offsets for ${quoted(name)}`, position);
  }
  const size = sizeOf(shape);
  if (size === undefined) {
    reader.fail(
      'shape',
      `at most ${largestSize} elements in ${quoted(name)}, got shape [${shape.slice(0, 8).join(', ')}]`,
      position,
    );
  }
  if (end - begin !== size * type.size) {
    reader.fail(
      'span',
      `${size * type.size} bytes for ${quoted(name)} by its shape and dtype, got data_offsets [${begin}, ${end}]`,
      position,
    );
  }
  return { name, type, shape, begin: start + begin, end: start + end, position };
}

function readType(reader: JsonReader, name: string, keepDtypes: boolean): ElementType {
  const { position } = reader;
  const dtype = reader.string();
  return (
    elementType(dtype, keepDtypes) ??
    reader.fail(
      'dtype',
      `one of the dtypes ${readableTypes.join(', ')}, got ${quoted(dtype)}`,
      position,
      `Save ${quoted(name)} as one of those.`,
    )
  );
}

/** The product of the lengths; undefined when it, or a partial product, is larger than a tensor may be. */
function sizeOf(shape: readonly number[]): number | undefined {
  let size = 1;
  for (const length of shape) {
    size *= length;
    if (size > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return size <= largestSize ? size : undefined;
}

/** Checks that the tensors fill the rest of the file without gaps, overlaps or trailing bytes. */
function checkSpans(reader: JsonReader, entries: readonly Entry[], start: number, fileLength: number): void {
  let filled = start;
  for (const { name, begin, end, position } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== filled) {
      reader.fail(
        'span',
        `${quoted(name)} to begin at byte ${filled}, where the tensor before it ends, got byte ${begin}`,
        position,
      );
    }
    filled = end;
  }
  if (filled !== fileLength) {
    throw malformed(
      'length',
      Math.min(filled, fileLength),
      `the file to end with its last tensor, at byte ${filled}, got ${fileLength} bytes`,
    );
  }
}
