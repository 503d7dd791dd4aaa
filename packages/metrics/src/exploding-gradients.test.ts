import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { explodingGradients } from './exploding-gradients.ts';

test('are found at the first norm above the limit, infinite or NaN', () => {
  const of = (...layers: number[]) => explodingGradients(tensor([[1, 2], layers]));
  expect(of(3, 1001)).toEqual({ found: true, epoch: 1, layer: 1, norm: 1001 });
  expect(of(NaN, 1)).toEqual({ found: true, epoch: 1, layer: 0, norm: NaN });
  expect(of(1, Infinity).norm).toBe(Infinity);
});

test('are not found up to the limit', () => {
  const norms = tensor([[1, 1000]]);
  expect(explodingGradients(norms)).toEqual({ found: false, epoch: undefined, layer: undefined, norm: 1000 });
  expect(explodingGradients(norms, { limit: 10 }).found).toBe(true);
  expect(() => explodingGradients(norms, { limit: 0 })).toThrow(RangeError);
});
