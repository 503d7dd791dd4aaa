import { expect, test } from 'vitest';
import { tileFor } from './matmul-tile.ts';

/** The number of vectors that engines keep in registers. */
const registers = 15;

test.each([
  ['fused multiply-add', true],
  ['products and sums apart', false],
])('a tile with %s fits the registers of engines, whatever the product', (_, relaxed) => {
  const spilling: unknown[] = [];
  for (const k of [3, 100]) {
    for (let m = 1; m <= 60; m++) {
      for (let n = 1; n <= 60; n++) {
        const { rows, vectors } = tileFor({ m, n, k, to: { dtype: 'float32' } }, relaxed);
        // A single row uses each vector of the second matrix once. Products that are not fused need a register of their own.
        const used = rows * vectors + (rows > 1 ? vectors : 1) + 1 + (relaxed ? 0 : 1);
        if (used > registers || rows > m) spilling.push({ m, n, k, rows, vectors });
      }
    }
  }
  expect(spilling).toEqual([]);
});
