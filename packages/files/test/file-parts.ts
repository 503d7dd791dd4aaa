/** A file split into parts, so that one of them can be changed. */
export interface FileParts {
  /** The entries of the header, name and value, each as JSON. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly numbers: Uint8Array;
}

/** One tensor as the header describes it. */
export interface Description {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Splits a file that the encoder wrote. */
export function takeApart(bytes: Uint8Array): FileParts {
  const start = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<string, unknown>;
  // JSON.parse makes `__proto__` a key like any other.
  const fields = Object.entries(header).map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)] as const);
  return { fields, numbers: bytes.subarray(start) };
}

export function putTogether(
  { fields, numbers }: FileParts,
  { before = '', after = '' }: { readonly before?: string; readonly after?: string } = {},
): Uint8Array {
  const text = `${before}{${fields.map(([name, value]) => `${name}:${value}`).join(',')}}${after}`;
  return withHeader(new TextEncoder().encode(text), numbers);
}

export function withHeader(
  header: Uint8Array,
  numbers: Uint8Array,
  length: bigint = BigInt(header.length),
): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(header, 8);
  bytes.set(numbers, 8 + header.length);
  return bytes;
}
