import { damage } from './damage.ts';
import { type ElementType, elementType, readableTypes } from './element-type.ts';
import { JsonReader, quoted } from './json-reader.ts';

/** The most bytes that a header may have. */
export const longestHeader = 100_000_000;

/** The most numbers that one tensor holds. */
const largestSize = 2 ** 31 - 1;

/** Bytes that stand before the header and say how long it is. */
export const prefix = 8;

/** One tensor of the file: what it is, and between which bytes its numbers lie. */
interface Entry {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Where in the header it is named. */
  readonly position: number;
}

export interface Header {
  readonly entries: readonly Entry[];
  readonly metadata: Record<string, string>;
}

/**
 * The header of a safetensors file, after every rule of the format has been checked but those on single numbers.
 *
 * @throws FormatError when the file breaks one; nothing larger than the header has been allocated by then
 * @see https://huggingface.co/docs/safetensors
 */
export function readHeader(bytes: Uint8Array): Header {
  const start = prefix + headerLength(bytes);
  const reader = new JsonReader(headerText(bytes.subarray(prefix, start)), prefix);
  const entries: Entry[] = [];
  // Names come from the file, and `__proto__` is a name like any other in a record without a prototype.
  const metadata = Object.create(null) as Record<string, string>;
  reader.object((name, position) => {
    if (name === '__metadata__') {
      reader.object((key) => {
        metadata[key] = reader.string();
      });
    } else {
      entries.push(readEntry(reader, name, position, start));
    }
  });
  reader.end();
  checkSpans(reader, entries, start, bytes.length);
  return { entries, metadata };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < prefix) throw damage('length', 0, `8 bytes with the length of the header, got ${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, prefix).getBigUint64(0, true);
  const most = Math.min(longestHeader, bytes.length - prefix);
  if (length > BigInt(most)) {
    throw damage(
      'length',
      0,
      `the length of the header, at most ${most} in a file of ${bytes.length} bytes, got ${length}`,
    );
  }
  return Number(length);
}

function headerText(header: Uint8Array): string {
  if (header[0] !== 0x7b)
    throw damage('syntax', prefix, `{, with which every header begins, got ${header[0] ?? 'nothing'}`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw damage('text', prefix, 'a header in UTF-8, got bytes that are none');
  }
}

function readEntry(reader: JsonReader, name: string, position: number, start: number): Entry {
  const found: { type?: ElementType; shape?: number[]; span?: number[] } = {};
  const integers = (): number[] => {
    const list: number[] = [];
    reader.array(() => list.push(reader.integer()));
    return list;
  };
  reader.object((key, keyPosition) => {
    if (key === 'dtype') found.type = readType(reader, name);
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
      `at most ${largestSize} numbers in ${quoted(name)}, got the shape [${shape.slice(0, 8).join(', ')}]`,
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

function readType(reader: JsonReader, name: string): ElementType {
  const { position } = reader;
  const dtype = reader.string();
  return (
    elementType(dtype) ??
    reader.fail(
      'dtype',
      `one of the dtypes ${readableTypes.join(', ')}, got ${quoted(dtype)}`,
      position,
      `Save ${quoted(name)} in one of those.`,
    )
  );
}

/** The product of the lengths; undefined when it, or a part of it, is larger than a tensor may be. */
function sizeOf(shape: readonly number[]): number | undefined {
  let size = 1;
  for (const length of shape) {
    size *= length;
    if (size > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return size <= largestSize ? size : undefined;
}

/** The numbers of the tensors fill the rest of the file without a hole, an overlap or a rest. */
function checkSpans(reader: JsonReader, entries: readonly Entry[], start: number, fileLength: number): void {
  let filled = start;
  for (const { name, begin, end, position } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== filled) {
      reader.fail(
        'span',
        `${quoted(name)} to begin at byte ${filled}, where the numbers before it end, got byte ${begin}`,
        position,
      );
    }
    filled = end;
  }
  if (filled !== fileLength) {
    throw damage(
      'length',
      Math.min(filled, fileLength),
      `the file to end with its last number, at byte ${filled}, got ${fileLength} bytes`,
    );
  }
}
