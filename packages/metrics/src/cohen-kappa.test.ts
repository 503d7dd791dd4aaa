import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { cohenKappa } from './cohen-kappa.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

test('is 1 − observed / expected disagreement', () => {
  // 3 of 4 agree; by chance ½ · ¾ + ½ · ¼ would.
  expect(cohenKappa(indices(0, 1, 1, 1), indices(0, 0, 1, 1)).item()).toBeCloseTo(1 - 0.25 / 0.5, 15);
});

test('counts near classes less, by their distance', () => {
  const [x, y] = [indices(0, 1, 2, 1), indices(0, 1, 2, 2)];
  const [none, linear, quadratic] = (['none', 'linear', 'quadratic'] as const).map((distance) =>
    cohenKappa(x, y, { distance }).item(),
  ) as [number, number, number];
  expect(none).toBeLessThan(linear);
  expect(linear).toBeLessThan(quadratic);
});

test('refuses another distance', () => {
  expect(() => cohenKappa(indices(0, 1), indices(0, 1), { distance: 'cubic' as 'linear' })).toThrow(
    new TypeError("cohenKappa: distance must be 'none', 'linear' or 'quadratic', got cubic. Leave it out for 'none'."),
  );
});
