import { expect, test } from 'vitest';
import { float16Bits, smallFloat } from './small-float.ts';

test.each([
  [0x3c00, 1],
  [0xc000, -2],
  [0x7bff, 65504],
  [0x0400, 2 ** -14],
  [0x03ff, 1023 * 2 ** -24],
  [0x0001, 2 ** -24],
  [0x8000, -0],
  [0x7c00, Infinity],
  [0xfc00, -Infinity],
  [0x7e00, NaN],
])('float16 %i is %d', (bits, value) => {
  expect(smallFloat(bits, 10)).toBe(value);
});

test('bfloat16 is the upper half of a float32, for all of its 65536 numbers', () => {
  const view = new DataView(new ArrayBuffer(4));
  for (let bits = 0; bits < 65536; bits++) {
    view.setUint32(0, bits * 65536);
    expect(smallFloat(bits, 7)).toBe(view.getFloat32(0));
  }
});

test('float16 has the bits of its number, for all of its 65536 numbers; of NaN one pattern is written', () => {
  const wrong = Array.from({ length: 65536 }, (_, bits) => bits).filter((bits) => {
    const value = smallFloat(bits, 10);
    return float16Bits(value) !== (Number.isNaN(value) ? 0x7e00 : bits);
  });
  expect(wrong).toEqual([]);
});
