import type { Tensor } from '@nn/tensor';
import { fileNames } from './safetensors/element-type.ts';
import { longestHeader, prefix } from './safetensors/header.ts';
import { quoted } from './safetensors/json-reader.ts';

/**
 * Tensors by name, as the bytes of a safetensors file.
 *
 * The same tensors always give the same bytes: float64, float32, int32, bool, within each the names in alphabetical order;
 * so every number lies at a multiple of its size. They are the bytes that the format's own library writes.
 *
 * @param metadata  texts to keep beside the tensors, by name
 * @throws TypeError, RangeError when a name or text cannot be written
 * @example encodeSafetensors({ bias: tensor([1, 2]) }).length   // 80
 * @see https://huggingface.co/docs/safetensors
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  { metadata = {} }: { readonly metadata?: Readonly<Record<string, string>> } = {},
): Uint8Array<ArrayBuffer> {
  const order = Object.keys(fileNames);
  const parts = Object.entries(tensors)
    .map(([name, { data, shape, dtype }]) => ({ name, data, shape, dtype }))
    .sort((a, b) => order.indexOf(a.dtype) - order.indexOf(b.dtype) || (a.name < b.name ? -1 : 1));

  let filled = 0;
  const fields = parts.map(({ name, data, shape, dtype }) => {
    if (name === '__metadata__') {
      throw new RangeError(
        'encodeSafetensors: no tensor may be called "__metadata__", which is where the format keeps texts. Rename it.',
      );
    }
    const begin = filled;
    filled += data.byteLength;
    return field(name, { dtype: fileNames[dtype], shape, data_offsets: [begin, filled] });
  });
  const texts = Object.entries(metadata).map(([key, text]) => field(key, checkText(text, key)));
  if (texts.length > 0) fields.unshift(`"__metadata__":{${texts.join(',')}}`);

  const header = new TextEncoder().encode(`{${fields.join(',')}}`);
  const start = prefix + Math.ceil(header.length / 8) * 8;
  if (start - prefix > longestHeader) {
    throw new RangeError(
      `encodeSafetensors: names, shapes and metadata take ${header.length} bytes, the format allows ${longestHeader}. ` +
        `Shorten the metadata, or split the tensors between files.`,
    );
  }
  const bytes = new Uint8Array(start + filled);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - prefix), true);
  bytes.set(header, prefix);
  bytes.fill(0x20, prefix + header.length, start);
  let at = start;
  for (const { data } of parts) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

function field(name: string, value: unknown): string {
  return `${JSON.stringify(checkText(name, name))}:${JSON.stringify(value)}`;
}

function checkText(text: string, name: string): string {
  if (typeof text !== 'string') {
    throw new TypeError(
      `encodeSafetensors: metadata are texts, got ${String(text)} for ${quoted(name)}. Write it as a text: String(value) or JSON.stringify(value).`,
    );
  }
  if (/\p{Surrogate}/u.test(text)) {
    throw new RangeError(
      `encodeSafetensors: ${quoted(name)} has half of a character in it, which UTF-8 cannot write. Remove it, or use the whole character.`,
    );
  }
  return text;
}
