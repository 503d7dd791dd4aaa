import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { poissonNegativeLogLikelihood } from './poisson-negative-log-likelihood.ts';

const float64 = { dtype: 'float64' } as const;

test('is smallest where the rate is the count', () => {
  const logRate = watch(tensor([Math.log(3)], float64));
  const loss = poissonNegativeLogLikelihood(logRate, tensor([3]));
  expect(loss.item()).toBeCloseTo(3 - 3 * Math.log(3), 14);
  expect(gradients(loss, logRate).item()).toBeCloseTo(0, 14);
  const rate = watch(tensor([3], float64));
  expect(gradients(poissonNegativeLogLikelihood(rate, tensor([3]), { logInput: false }), rate).item()).toBeCloseTo(
    0,
    8,
  );
});

test('adds nearly ln(n!) for counts above 1 in full', () => {
  const x = tensor([0, 0, 0], float64);
  const losses = poissonNegativeLogLikelihood(x, tensor([0, 1, 10], float64), { full: true, reduction: 'none' });
  expect(losses.data[0]).toBe(1);
  expect(losses.data[1]).toBe(1);
  // ln 10! = 15.10441; Stirling's formula is 0.0083 below.
  expect(losses.data[2]).toBeCloseTo(1 + 15.09608, 5);
});

test('refuses negative counts, and negative rates', () => {
  expect(() => poissonNegativeLogLikelihood(tensor([1]), tensor([-1]))).toThrow(
    new RangeError('poissonNegativeLogLikelihood: targets must be at least 0, got -1 in row 0. Give counts.'),
  );
  expect(() => poissonNegativeLogLikelihood(tensor([-1]), tensor([1]), { logInput: false })).toThrow(
    new RangeError(
      'poissonNegativeLogLikelihood: rates must be at least 0, got -1 in row 0. Leave logInput out for logarithms of rates.',
    ),
  );
});
