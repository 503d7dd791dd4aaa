import { checkOptions, type Tensor } from '@nn/tensor';
import { fileTypes, holds } from './element-type.ts';
import { longestHeader, prefix } from './header.ts';
import { quoted } from './json-reader.ts';
import { float16Bits } from './small-float.ts';

/** What may be given besides the tensors. */
export interface SafetensorsOptions {
  /** Strings to keep beside the tensors, by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A safetensors file in parts that are written one after the other: the header, then the bytes of each tensor, uncopied but for
 * float16.
 *
 * @param caller  the public function to name in errors
 */
export function encode(
  tensors: Readonly<Record<string, Tensor>>,
  options: SafetensorsOptions,
  caller: string,
): readonly Uint8Array[] {
  const { metadata = {} } = checkOptions(caller, options, ['metadata']);
  checkRecord(tensors, caller, 'tensors', 'tensors by name');
  checkRecord(metadata, caller, 'metadata', 'strings by name');
  const order = Object.keys(fileTypes);
  const parts = Object.entries(tensors)
    .map(([name, tensor]) => ({ name, ...checkedTensor(tensor, name, caller) }))
    .sort((a, b) => order.indexOf(a.dtype) - order.indexOf(b.dtype) || (a.name < b.name ? -1 : 1));

  let filled = 0;
  const fields = parts.map(({ name, data, shape, dtype }) => {
    const begin = filled;
    filled += data.byteLength;
    return field(checkString(name, name, caller), {
      dtype: fileTypes[dtype],
      shape,
      data_offsets: [begin, filled],
    });
  });
  const strings = Object.entries(metadata).map(([key, text]) =>
    field(checkString(key, key, caller), checkString(text, key, caller)),
  );
  if (strings.length > 0) fields.unshift(`"__metadata__":{${strings.join(',')}}`);

  const text = new TextEncoder().encode(`{${fields.join(',')}}`);
  const length = Math.ceil(text.length / 8) * 8;
  if (length > longestHeader) {
    throw new RangeError(
      `${caller}: names, shapes and metadata take ${text.length} bytes, the format allows ${longestHeader}. ` +
        `Shorten the metadata, or split the tensors between files.`,
    );
  }
  const header = new Uint8Array(prefix + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, prefix);
  return [header, ...parts.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

const field = (name: string, value: unknown): string => `${JSON.stringify(name)}:${JSON.stringify(value)}`;

/** Checks that a value is a plain object: a Map, an array or a model has no entries, or others than those meant. */
function checkRecord(value: unknown, caller: string, name: string, content: string): void {
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  // The prototype of a plain object is null, or an Object.prototype, which has none itself, in any realm.
  if (prototype === null || (prototype !== undefined && Object.getPrototypeOf(prototype) === null)) return;
  const hint =
    typeof value === 'function'
      ? 'Give the parameters of a model: model.parameters.'
      : Object.prototype.toString.call(value) === '[object Map]'
        ? 'Write Object.fromEntries(map).'
        : 'Write { name: value }.';
  throw new TypeError(`${caller}: ${name} must be a plain object of ${content}, got ${kindOf(value)}. ${hint}`);
}

/** The fields of a tensor that are written. Tensors of other copies of @nn/tensor have them, too. */
function checkedTensor(
  tensor: Tensor,
  name: string,
  caller: string,
): Pick<Tensor, 'shape' | 'dtype'> & { readonly data: ArrayBufferView } {
  if (name === '__metadata__') {
    throw new RangeError(
      `${caller}: no tensor may be called "__metadata__", since the format keeps metadata there. Rename it.`,
    );
  }
  const isTensor =
    typeof tensor === 'object' &&
    (tensor as Tensor | null) !== null &&
    Array.isArray(tensor.shape) &&
    Object.hasOwn(fileTypes, tensor.dtype);
  if (!isTensor) {
    throw new TypeError(`${caller}: ${quoted(name)} must be a tensor, got ${kindOf(tensor)}. ${hintFor(tensor)}`);
  }
  const { data, shape, dtype } = tensor;
  if (!holds(data, dtype)) {
    throw new TypeError(
      `${caller}: ${quoted(name)} of dtype ${dtype} has ${kindOf(data)} as data. Make it with tensor or fromTypedArray.`,
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (data.length !== size || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new RangeError(
      `${caller}: ${quoted(name)} of shape [${shape.join(', ')}] must hold ${size} elements, got ${data.length}. ` +
        `Make it with tensor or fromTypedArray.`,
    );
  }
  const wrong = dtype === 'bool' ? data.findIndex((value) => value > 1) : -1;
  if (wrong >= 0) {
    throw new RangeError(
      `${caller}: ${quoted(name)} of dtype bool must hold 0 and 1, got ${data[wrong]} at ${wrong}. Use dtype int32.`,
    );
  }
  return { data: dtype === 'float16' ? Uint16Array.from(data, float16Bits) : data, shape, dtype };
}

function hintFor(value: unknown): string {
  if (ArrayBuffer.isView(value)) return 'Write fromTypedArray(array, shape).';
  if (typeof value === 'number' || Array.isArray(value)) return 'Write tensor(value).';
  return 'Give tensors by name.';
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value !== 'object') return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
  if (value === null) return 'null';
  const name = (value.constructor as { readonly name?: string } | undefined)?.name ?? 'Object';
  return /^[AEIO]/.test(name) ? `an ${name}` : `a ${name}`;
}

function checkString(text: string, name: string, caller: string): string {
  if (typeof text !== 'string') {
    throw new TypeError(
      `${caller}: metadata must be strings, got ${String(text)} for ${quoted(name)}. Write String(value) or JSON.stringify(value).`,
    );
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new RangeError(
      `${caller}: ${quoted(name)} contains an unpaired surrogate, which UTF-8 cannot encode. Remove it, or use the whole character.`,
    );
  }
  return text;
}
