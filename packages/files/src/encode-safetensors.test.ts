import { runInNewContext } from 'node:vm';
import { type Tensor, tensor, variable, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { decodeSafetensors } from './decode-safetensors.ts';
import { encodeSafetensors } from './encode-safetensors.ts';

const headerOf = (bytes: Uint8Array): string => {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return new TextDecoder().decode(bytes.subarray(8, 8 + length));
};

test('a file is the length of its header, the header, and the numbers', () => {
  const bytes = encodeSafetensors({ bias: tensor([1, -2]) });
  expect(headerOf(bytes)).toBe('{"bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}       ');
  // 1 = 0x3f800000 and −2 = 0xc0000000, lowest byte first
  expect([...bytes.subarray(-8)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

test('the widest numbers come first, then names in alphabetical order, so that each lies at a multiple of its size', () => {
  const bytes = encodeSafetensors({
    flag: tensor([true]),
    b: tensor([1]),
    whole: tensor([1], { dtype: 'int32' }),
    a: tensor([1]),
    wide: tensor([1], { dtype: 'float64' }),
  });
  const header = headerOf(bytes);
  expect((header.length + 8) % 8).toBe(0);
  expect(Object.keys(JSON.parse(header) as object)).toEqual(['wide', 'a', 'b', 'whole', 'flag']);
});

test('the same tensors give the same bytes in whatever order they come', () => {
  const [a, b] = [tensor([1]), tensor([2])];
  expect(encodeSafetensors({ a, b })).toEqual(encodeSafetensors({ b, a }));
});

test('views and variables are written with their current values', () => {
  const weight = variable(
    tensor([
      [1, 2],
      [3, 4],
    ]),
  );
  weight.assign(
    tensor([
      [5, 6],
      [7, 8],
    ]),
  );
  const { tensors } = decodeSafetensors(encodeSafetensors({ weight, turned: weight.T, none: zeros([0, 3]) }));
  expect(tensors['weight']!.toArray()).toEqual([
    [5, 6],
    [7, 8],
  ]);
  expect(tensors['turned']!.toArray()).toEqual([
    [5, 7],
    [6, 8],
  ]);
  expect(tensors['none']!.shape).toEqual([0, 3]);
});

test('a file may hold no tensors', () => {
  expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
});

test('names and metadata that could not be read back are refused', () => {
  expect(() => encodeSafetensors({ __metadata__: tensor([1]) })).toThrow(
    new RangeError(
      'encodeSafetensors: no tensor may be called "__metadata__", since the format keeps metadata there. Rename it.',
    ),
  );
  expect(() => encodeSafetensors({}, { metadata: { epoch: 3 as unknown as string } })).toThrow(
    new TypeError(
      'encodeSafetensors: metadata must be strings, got 3 for "epoch". Write String(value) or JSON.stringify(value).',
    ),
  );
  expect(() => encodeSafetensors({ 'half \ud800': tensor([1]) })).toThrow(RangeError);
});

test.each([
  [new Map([['bias', tensor([1])]]), 'got a Map. Write Object.fromEntries(map).'],
  [[tensor([1])], 'got an Array. Write { name: value }.'],
  [tensor([1]), 'got a Tensor. Write { name: value }.'],
  [Object.assign(() => 0, { parameters: {} }), 'got a function. Give the parameters of a model: model.parameters.'],
  [Promise.resolve({}), 'got a Promise. Write { name: value }.'],
  [null, 'got null. Write { name: value }.'],
  ['bias', 'got a string. Write { name: value }.'],
])('%o in place of a plain object of tensors is refused', (tensors, message) => {
  expect(() => encodeSafetensors(tensors as never)).toThrow(
    new TypeError(`encodeSafetensors: tensors must be a plain object of tensors by name, ${message}`),
  );
});

test('metadata that do not stand under their name are refused', () => {
  expect(() => encodeSafetensors({}, { epoch: '3' } as object)).toThrow(
    new TypeError("Unknown option 'epoch' of encodeSafetensors. It takes metadata. Leave it out."),
  );
});

test('metadata in a Map are refused, too', () => {
  expect(() => encodeSafetensors({}, { metadata: new Map() as never })).toThrow(
    new TypeError(
      'encodeSafetensors: metadata must be a plain object of strings by name, got a Map. Write Object.fromEntries(map).',
    ),
  );
});

test.each([
  [3, 'must be a tensor, got the number 3. Write tensor(value).'],
  [[1, 2], 'must be a tensor, got an Array. Write tensor(value).'],
  [new Float32Array(2), 'must be a tensor, got a Float32Array. Write fromTypedArray(array, shape).'],
  [undefined, 'must be a tensor, got undefined. Give tensors by name.'],
  [null, 'must be a tensor, got null. Give tensors by name.'],
  [{ weight: tensor([1]) }, 'must be a tensor, got an Object. Give tensors by name.'],
  [
    { data: [1, 2], shape: [2], dtype: 'float32' },
    'of dtype float32 has an Array as data. Make it with tensor or fromTypedArray.',
  ],
  [
    { data: new Float64Array(2), shape: [2], dtype: 'float32' },
    'of dtype float32 has a Float64Array as data. Make it with tensor or fromTypedArray.',
  ],
])('%o in place of a tensor is refused', (value, message) => {
  expect(() => encodeSafetensors({ bias: value as never })).toThrow(
    new TypeError(`encodeSafetensors: "bias" ${message}`),
  );
});

test('data that do not fit the shape are refused', () => {
  const short = { data: new Float32Array(5), shape: [2, 3], dtype: 'float32' };
  expect(() => encodeSafetensors({ bias: short as never })).toThrow(
    new RangeError(
      'encodeSafetensors: "bias" of shape [2, 3] must hold 6 elements, got 5. Make it with tensor or fromTypedArray.',
    ),
  );
  const negative = { data: new Float32Array(2), shape: [-1, -2], dtype: 'float32' };
  expect(() => encodeSafetensors({ bias: negative as never })).toThrow(RangeError);
  const bool = { data: Uint8Array.of(0, 2), shape: [2], dtype: 'bool' };
  expect(() => encodeSafetensors({ bias: bool as never })).toThrow(
    new RangeError('encodeSafetensors: "bias" of dtype bool must hold 0 and 1, got 2 at 1. Use dtype int32.'),
  );
});

test('tensors of another copy of the core, and of another realm, are written like any other', () => {
  const { data, shape, dtype } = tensor([1, 2]);
  const elsewhere = runInNewContext('({ data: new Float32Array([1, 2]), shape: [2], dtype: "float32" })') as object;
  const record = runInNewContext('({})') as Record<string, Tensor>;
  record['bias'] = elsewhere as never;
  const bytes = encodeSafetensors({ bias: tensor([1, 2]) });
  expect(encodeSafetensors({ bias: { data, shape, dtype } as never })).toEqual(bytes);
  expect(encodeSafetensors(record)).toEqual(bytes);
});

test('small dtypes take their own number of bytes, and are read back when the reader keeps dtypes', () => {
  const tensors = {
    bytes: tensor([0, 200, 255], { dtype: 'uint8' }),
    flag: tensor([true]),
    half: tensor([0.1, -2.5, 65504, Infinity, -0], { dtype: 'float16' }),
    short: tensor([-32768, 7], { dtype: 'int16' }),
    tiny: tensor([-128, 127], { dtype: 'int8' }),
  };
  const bytes = encodeSafetensors(tensors);
  expect(JSON.parse(headerOf(bytes))).toEqual({
    half: { dtype: 'F16', shape: [5], data_offsets: [0, 10] },
    short: { dtype: 'I16', shape: [2], data_offsets: [10, 14] },
    tiny: { dtype: 'I8', shape: [2], data_offsets: [14, 16] },
    bytes: { dtype: 'U8', shape: [3], data_offsets: [16, 19] },
    flag: { dtype: 'BOOL', shape: [1], data_offsets: [19, 20] },
  });
  const kept = decodeSafetensors(bytes, { keepDtypes: true }).tensors;
  for (const [name, one] of Object.entries(tensors)) {
    expect([name, kept[name]!.dtype, kept[name]!.data]).toEqual([name, one.dtype, one.data]);
  }
  const wide = decodeSafetensors(bytes).tensors;
  expect(Object.entries(wide).map(([name, { dtype }]) => [name, dtype])).toEqual([
    ['half', 'float32'],
    ['short', 'int32'],
    ['tiny', 'int32'],
    ['bytes', 'int32'],
    ['flag', 'bool'],
  ]);
  expect(wide['half']!.data).toEqual(tensors.half.data);
  expect(() => decodeSafetensors(bytes, { keep: true } as never)).toThrow("Unknown option 'keep' of decodeSafetensors");
});
