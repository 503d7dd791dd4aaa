import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoidCrossentropy } from './sigmoid-crossentropy.ts';
import { softMargin } from './soft-margin.ts';

const float64 = { dtype: 'float64' } as const;

test('at 0 is ln 2, with gradient −target / 2', () => {
  for (const target of [-1, 1]) {
    const x = watch(tensor(0, float64));
    const loss = softMargin(x, tensor(target));
    expect([loss.item(), gradients(loss, x).item()]).toEqual([Math.LN2, -target / 2]);
  }
});

test('is the sigmoid cross-entropy of targets 0 and 1', () => {
  const [x, y] = [tensor([3, -2, 0.5], float64), tensor([1, 1, -1])];
  expect(softMargin(x, y).item()).toBeCloseTo(sigmoidCrossentropy(x, tensor([1, 1, 0])).item(), 14);
});

test('does not overflow', () => {
  expect(softMargin(tensor([1e4, -1e4]), tensor([1, 1]), { reduction: 'none' }).toArray()).toEqual([0, 1e4]);
});

test('refuses targets of 0 and 1', () => {
  expect(() => softMargin(tensor([1]), tensor([0]))).toThrow(/^softMargin: targets must be -1 or 1, got 0 in row 0/);
});
