import { gradients, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { logCosh } from './log-cosh.ts';

const float64 = { dtype: 'float64' } as const;

test('has the gradient tanh of the error, and does not overflow', () => {
  const x = watch(tensor([0, 0.5, -2, 1000], float64));
  const losses = logCosh(x, zeros([4]), { reduction: 'none' });
  const want = [0, Math.log(Math.cosh(0.5)), Math.log(Math.cosh(2)), 1000 - Math.LN2];
  for (const [at, value] of want.entries()) expect(losses.data[at]).toBeCloseTo(value, 13);
  const gradient = gradients(losses.sum(), x).data;
  for (const [at, error] of [0, 0.5, -2, 1000].entries()) expect(gradient[at]).toBeCloseTo(Math.tanh(error), 13);
});

test('keeps the digits of small errors: e² / 2 − e⁴ / 12', () => {
  expect(logCosh(tensor(1e-6, float64), tensor(0, float64)).item()).toBeCloseTo(5e-13, 24);
  expect(logCosh(tensor(1e-4), tensor(0)).item()).toBe(Math.fround(5e-9 * (Math.fround(1e-4) / 1e-4) ** 2));
});

test('has curvature 1 at 0', () => {
  const x = watch(tensor(0, float64));
  expect(gradients(gradients(logCosh(x, tensor(0)), x), x).item()).toBe(1);
});
