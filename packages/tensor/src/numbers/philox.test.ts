import { expect, test } from 'vitest';
import { multiplyHigh, philox } from './philox.ts';

// The known answers that the authors publish with Random123 (kat_vectors, philox4x32, 10 rounds).

test('philox of zeros is the published answer', () => {
  expect(philox(0, 0, 0, 0, 0, 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
});

test('philox of all ones is the published answer', () => {
  const ones = 0xffffffff;
  expect(philox(ones, ones, ones, ones, ones, ones)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
});

test('philox of the digits of pi is the published answer', () => {
  expect(philox(0xa4093822, 0x299f31d0, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)).toEqual([
    0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1,
  ]);
});

test('signed and unsigned words with the same bits give the same result', () => {
  expect(philox(-1, -1, -1, -1, -1, -1)).toEqual(philox(2 ** 32 - 1, -1, 2 ** 32 - 1, -1, -1, 2 ** 32 - 1));
});

test('consecutive counters share no words', () => {
  const words = Array.from({ length: 1000 }, (_, block) => philox(1, 2, block, 0, 0, 0)).flat();
  expect(new Set(words).size).toBe(4000);
});

test('the upper word of every product agrees with exact arithmetic', () => {
  const words = [0, 1, 2, 0xffff, 0x10000, 0x10001, 0x7fffffff, 0x80000000, 0xd2511f53, 0xfffffffe, 0xffffffff];
  for (const a of words) {
    for (const b of words) expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
  }
});
