import { tensor, variable, zeros } from '@nn/tensor';
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

test('views and variables are written as what they show', () => {
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

test('no tensors at all make a file too', () => {
  expect(decodeSafetensors(encodeSafetensors({}))).toEqual({ tensors: {}, metadata: {} });
});

test('what could not be read back is refused', () => {
  expect(() => encodeSafetensors({ __metadata__: tensor([1]) })).toThrow(
    new RangeError(
      'encodeSafetensors: no tensor may be called "__metadata__", which is where the format keeps texts. Rename it.',
    ),
  );
  expect(() => encodeSafetensors({}, { metadata: { epoch: 3 as unknown as string } })).toThrow(
    new TypeError(
      'encodeSafetensors: metadata are texts, got 3 for "epoch". Write it as a text: String(value) or JSON.stringify(value).',
    ),
  );
  expect(() => encodeSafetensors({ 'half \ud800': tensor([1]) })).toThrow(RangeError);
  expect(() => encodeSafetensors({}, { metadata: { note: '\udc00' } })).toThrow('half of a character');
});
