import { expect, test } from 'vitest';
import { multiplyHigh } from './multiply-high.ts';

test('the upper word of every product agrees with exact arithmetic', () => {
  const words = [0, 1, 2, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000, 0xd2511f53, 0xfffffffe, 0xffffffff];
  for (const a of words) {
    for (const b of words) expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
  }
});
