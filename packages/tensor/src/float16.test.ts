import { describe, expect, test } from 'vitest';
import { readGolden } from '../test/golden.ts';
import { float16 } from './float16.ts';

const golden = readGolden('float16.json');

/** The number of 16 bits: sign, 5 bits of exponent, 10 bits of fraction. */
function fromBits(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction > 0 ? NaN : sign * Infinity;
  return sign * (exponent > 0 ? (1024 + fraction) * 2 ** (exponent - 25) : fraction * 2 ** -24);
}

describe('float16', () => {
  const recorded = golden.cases.flatMap(({ inputs, outputs }) =>
    inputs['x']!.data.map((x, at) => ({
      x: Math.fround(Number(x)),
      wanted: Number((outputs['value'] ?? outputs['output'])!.data[at]),
    })),
  );

  test('gives the recorded numbers', () => {
    expect(recorded.length).toBeGreaterThan(40);
    expect(recorded.filter(({ x, wanted }) => !Object.is(float16(x), wanted))).toEqual([]);
  });

  test('keeps each of its 65536 numbers, and rounds numbers between two to the nearer, ties to even', () => {
    const wrong: unknown[] = [];
    const check = (x: number, wanted: number): void => {
      if (!Object.is(float16(x), wanted)) wrong.push({ x, got: float16(x), wanted });
    };
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromBits(bits);
      check(value, value);
      const next = fromBits(bits + 1);
      if ((bits & 0x7fff) >= 0x7bff) continue;
      const middle = (value + next) / 2;
      const apart = 2 ** -40 * middle;
      check(middle, bits % 2 === 0 ? value : next);
      check(middle - apart, value);
      check(middle + apart, next);
    }
    expect(wrong).toEqual([]);
  });
});
