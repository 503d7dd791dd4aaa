import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { klDivergence } from './kl-divergence.ts';

const float64 = { dtype: 'float64' } as const;
const prediction = tensor([[0.25, 0.75]], float64).log();

test('of equal distributions is 0', () => {
  expect(klDivergence(prediction, tensor([[0.25, 0.75]], float64)).item()).toBeCloseTo(0, 15);
});

test('is ½ ln 2 + ½ ln ⅔ from a quarter and three quarters to halves', () => {
  const want = 0.5 * Math.log(2) + 0.5 * Math.log(2 / 3);
  const half = tensor([[0.5, 0.5]], float64);
  expect(klDivergence(prediction, half, { reduction: 'batchMean' }).item()).toBeCloseTo(want, 15);
  expect(klDivergence(prediction, half).item()).toBeCloseTo(want / 2, 15);
  const logarithms = { logTarget: true, reduction: 'batchMean' } as const;
  expect(klDivergence(prediction, half.log(), logarithms).item()).toBeCloseTo(want, 15);
});

test('averages whole samples by their weights', () => {
  const two = tensor(
    [
      [0.25, 0.75],
      [0.5, 0.5],
    ],
    float64,
  ).log();
  const half = tensor(
    [
      [0.5, 0.5],
      [0.5, 0.5],
    ],
    float64,
  );
  const single = klDivergence(two.slice([0, 1]), half.slice([0, 1]), { reduction: 'sum' }).item();
  const loss = klDivergence(two, half, { reduction: 'batchMean', weights: tensor([3, 1]) });
  expect(loss.item()).toBeCloseTo(0.75 * single, 15);
});

test('of a target of 0 adds 0, with a finite gradient, also by logarithms', () => {
  const x = watch(tensor([0, -1], float64));
  const target = watch(tensor([0, 1], float64));
  const loss = klDivergence(x, target, { reduction: 'sum' });
  expect(loss.item()).toBe(1);
  expect(gradients(loss, [x, target]).map((each) => each.add(0).toArray())).toEqual([
    [0, -1],
    [0, 2],
  ]);
  expect(klDivergence(x, tensor([-Infinity, 0], float64), { logTarget: true, reduction: 'sum' }).item()).toBe(1);
});

test('refuses logits and targets of the other form', () => {
  expect(() => klDivergence(tensor([1]), tensor([1]))).toThrow(
    new RangeError(
      'klDivergence: log-probabilities must be at most 0, got 1 in row 0. Take the logarithm of probabilities, or ' +
        'logSoftmax of logits.',
    ),
  );
  expect(() => klDivergence(tensor([-1]), tensor([-1]))).toThrow(
    new RangeError(
      'klDivergence: targets must be between 0 and 1, got -1 in row 0. Write logTarget: true for log-probabilities.',
    ),
  );
  expect(() => klDivergence(tensor([-1]), tensor([0.5]), { logTarget: true })).toThrow(/Leave logTarget out/);
  expect(() => klDivergence(tensor([-1]), tensor([0.5]), { reduction: 'batch' as 'mean' })).toThrow(TypeError);
});
