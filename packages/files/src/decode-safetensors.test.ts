import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeSafetensors } from './decode-safetensors.ts';
import { encodeSafetensors } from './encode-safetensors.ts';
import { FormatError } from './format-error.ts';

const golden = (name: string): Buffer => readFileSync(new URL(`../golden/${name}`, import.meta.url));

const values = JSON.parse(golden('values.json').toString()) as Record<
  string,
  { readonly shape: number[]; readonly data: (number | string)[] }
>;

const number = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity'));

test.each(['written-types.safetensors', 'read-types.safetensors'])(
  "%s, written by the format's own library, is read as NumPy holds it",
  (file) => {
    const { tensors } = decodeSafetensors(golden(file));
    expect(Object.keys(tensors).length).toBeGreaterThan(7);
    for (const [name, { shape, data, dtype }] of Object.entries(tensors)) {
      const expected = values[name]!.data.map(number);
      expect(shape).toEqual(values[name]!.shape);
      expect([...data]).toEqual(dtype === 'float32' ? expected.map(Math.fround) : expected);
    }
  },
);

test('every number type becomes the dtype that holds it', () => {
  const { tensors } = decodeSafetensors(golden('read-types.safetensors'));
  const dtypes = Object.fromEntries(Object.entries(tensors).map(([name, { dtype }]) => [name, dtype]));
  expect(dtypes).toEqual({
    f16: 'float32',
    i16: 'int32',
    i64: 'int32',
    i8: 'int32',
    u16: 'int32',
    u32: 'int32',
    u64: 'int32',
    u8: 'int32',
  });
});

test('metadata is kept, and names of object members are names like any other', () => {
  const { tensors, metadata } = decodeSafetensors(golden('written-types.safetensors'));
  expect(metadata['made by']).toBe('safetensors 0.8.0');
  expect([...tensors['__proto__']!.data]).toEqual([1.5]);
  expect([...tensors['constructor']!.data]).toEqual([2.5]);
  expect('toString' in tensors).toBe(false);
});

test("saving gives the bytes that the format's own library writes", () => {
  const bytes = golden('written-types.safetensors');
  const { tensors, metadata } = decodeSafetensors(bytes);
  expect(Buffer.from(encodeSafetensors(tensors, { metadata })).equals(bytes)).toBe(true);
});

/** A file with one tensor, whose numbers are the given bytes. */
function fileOf(dtype: string, shape: readonly number[], bytes: readonly number[]): Uint8Array {
  const header = Buffer.from(JSON.stringify({ x: { dtype, shape, data_offsets: [0, bytes.length] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.from(bytes)]);
}

test('bfloat16 becomes float32', () => {
  // 0x3fc0 = 1.5, 0xc000 = −2
  expect(decodeSafetensors(fileOf('BF16', [2], [0xc0, 0x3f, 0x00, 0xc0])).tensors['x']!.toArray()).toEqual([1.5, -2]);
});

test('the bytes may start at any address', () => {
  const bytes = fileOf('F64', [1], [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  const within = new Uint8Array(bytes.length + 3);
  within.set(bytes, 3);
  expect(decodeSafetensors(within.subarray(3)).tensors['x']!.toArray()).toEqual([1]);
});

test('the tensors do not change with the bytes that they were read from', () => {
  const bytes = fileOf('U8', [1], [7]);
  const flags = fileOf('BOOL', [1], [1]);
  const read = [decodeSafetensors(bytes).tensors['x']!, decodeSafetensors(flags).tensors['x']!];
  bytes.fill(0);
  flags.fill(0);
  expect(read.map((tensor) => tensor.toArray())).toEqual([[7], [true]]);
});

function errorOf(bytes: Uint8Array): FormatError {
  try {
    decodeSafetensors(bytes);
  } catch (error) {
    if (error instanceof FormatError) return error;
  }
  throw new Error('was not refused with a FormatError');
}

test.each([
  ['U32', [0, 0, 0, 0x80], 2147483648],
  ['I64', [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff], -2147483649],
  ['U64', [0, 0, 0, 0x80, 0, 0, 0, 0], 2147483648],
])('an %s that does not fit into int32 is refused', (dtype, bytes, value) => {
  const file = fileOf(dtype, [1], bytes);
  const error = errorOf(file);
  expect(error).toMatchObject({ code: 'value', offset: file.length - bytes.length });
  expect(error.message).toBe(
    `Cannot read the safetensors file: at byte ${error.offset} expected an integer from −2147483648 to 2147483647, since ` +
      `integers are read as int32, got ${value}. Save the tensor as F64 to keep numbers of this size.`,
  );
});

test('errors say what was expected, what was found, where, and how to fix it', () => {
  const hint = 'The file is damaged or of another format; save or download it again.';
  expect(errorOf(Buffer.from('PK')).message).toBe(
    `Cannot read the safetensors file: at byte 0 expected 8 bytes with the length of the header, got 2. ${hint}`,
  );
  const wide = errorOf(fileOf('F32', [2], [0, 0, 0, 0]));
  expect(wide).toMatchObject({ name: 'FormatError', code: 'span', offset: 9 });
  expect(wide.message).toBe(
    `Cannot read the safetensors file: at byte 9 expected 8 bytes for "x" by its shape and dtype, got data_offsets [0, 4]. ${hint}`,
  );
  expect(errorOf(fileOf('F8', [1], [0])).message).toBe(
    'Cannot read the safetensors file: at byte 22 expected one of the dtypes F64, F32, I32, BOOL, F16, BF16, I64, U64, ' +
      'U32, I16, U16, I8, U8, got "F8". Save "x" as one of those.',
  );
});

test('a header that claims to be longer than the file is refused for its length', () => {
  for (const claimed of [1n, 2n ** 31n, 2n ** 63n, 2n ** 64n - 1n]) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, claimed, true);
    expect(errorOf(bytes)).toMatchObject({ code: 'length', offset: 0 });
  }
});

test('a header that ends too early is reported as ended', () => {
  const bytes = Buffer.from('\u0007\0\0\0\0\0\0\0{"x":{ ');
  expect(errorOf(bytes)).toMatchObject({ code: 'syntax', offset: 15 });
  expect(errorOf(bytes).message).toContain('expected a string in quotes, got the end of the header.');
});

test('a bool that is neither 0 nor 1 is refused at its byte', () => {
  const file = fileOf('BOOL', [3], [1, 0, 2]);
  expect(errorOf(file)).toMatchObject({ code: 'value', offset: file.length - 1 });
});

test('an offset counts bytes, not characters', () => {
  const header = Buffer.from('{"重み":1}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  expect(errorOf(Buffer.concat([length, header])).offset).toBe(8 + '{"":'.length + 6);
});

test('a header that claims more than the file holds allocates nothing', () => {
  // 2⁵⁰ float32 numbers in a file of a hundred bytes.
  expect(errorOf(fileOf('F32', [2 ** 50], [])).code).toBe('shape');
  expect(errorOf(fileOf('F32', [2 ** 29], [])).code).toBe('span');
});

test('anything but a Uint8Array is refused with the way to make one', () => {
  expect(() => decodeSafetensors(new ArrayBuffer(8) as unknown as Uint8Array)).toThrow(
    new TypeError(
      'decodeSafetensors: expected the bytes as a Uint8Array, got [object ArrayBuffer]. ' +
        'Wrap an ArrayBuffer: new Uint8Array(buffer).',
    ),
  );
});

test('numbers that are converted are right in every piece of a long tensor', () => {
  const bytes = Buffer.alloc(300_000);
  for (let index = 0; index < 150_000; index++) bytes.writeUInt16LE(index % 65_536, 2 * index);
  const { data } = decodeSafetensors(fileOf('U16', [150_000], [...bytes])).tensors['x']!;
  expect(data.findIndex((value, index) => value !== index % 65_536)).toBe(-1);
});
