import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { tripletMargin } from './triplet-margin.ts';

const [anchor, positive, negative] = [tensor([[0, 0]]), tensor([[3, 4]]), tensor([[3, 8]])];
const exact = { epsilon: 0 } as const;

test('compares the distances to the positive and to the negative', () => {
  // 5 − √73 + 4, and with swap the distance between positive and negative, 4
  expect(tripletMargin(anchor, positive, negative, { ...exact, margin: 4 }).item()).toBeCloseTo(9 - Math.sqrt(73), 5);
  expect(tripletMargin(anchor, positive, negative, { ...exact, swap: true }).item()).toBe(2);
  expect(tripletMargin(anchor, positive, negative, exact).item()).toBe(0);
});

test('measures in another norm', () => {
  expect(tripletMargin(anchor, positive, negative, { ...exact, p: 1, margin: 5 }).item()).toBe(7 - 11 + 5);
  const cubic = tripletMargin(anchor, positive, anchor, { ...exact, p: 3 }).item();
  expect(cubic).toBeCloseTo((27 + 64) ** (1 / 3) + 1, 5);
});

test('has a finite gradient where the rows are equal, also without epsilon', () => {
  for (const p of [1, 2, 3]) {
    const x = watch(tensor([[1, 2]]));
    const loss = tripletMargin(x, tensor([[1, 2]]), tensor([[1, 2]]), { ...exact, p });
    expect([loss.item(), ...gradients(loss, x).data]).toEqual([1, 0, 0]);
  }
});

test('refuses a p below 1, and single numbers', () => {
  expect(() => tripletMargin(anchor, positive, negative, { p: 0.5 })).toThrow(
    new RangeError('tripletMargin: p must be a finite number, at least 1, got 0.5. Leave it out for 2.'),
  );
  expect(() => tripletMargin(zeros([]), zeros([]), zeros([]))).toThrow(
    new ShapeError(
      'tripletMargin: rows must have numbers along the last axis, got a single number. Reshape it to [1, 1].',
    ),
  );
});
