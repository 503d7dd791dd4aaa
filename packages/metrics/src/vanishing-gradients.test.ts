import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { vanishingGradients } from './vanishing-gradients.ts';

const norms = tensor([
  [1, 1],
  [1e-5, 1],
  [1e-4, 1],
]);

test('are found when the first layer has had a thousandth of the last for as many epochs', () => {
  const found = vanishingGradients(norms, { epochs: 2 });
  expect(found).toEqual({ found: true, ratio: expect.closeTo(1e-4, 10), lastingEpochs: 2 });
  expect(vanishingGradients(norms, { epochs: 3 }).found).toBe(false);
  expect(vanishingGradients(norms.flip(0), { epochs: 1 }).found).toBe(false);
});

test('are not found where there is no gradient at all', () => {
  expect(vanishingGradients(tensor([[0, 0]]), { epochs: 1 })).toEqual({ found: false, ratio: NaN, lastingEpochs: 0 });
});

test('refuses a ratio of 1', () => {
  expect(() => vanishingGradients(norms, { ratio: 1 })).toThrow(
    new RangeError('vanishingGradients: ratio must be a number between 0 and 1, got 1. Leave it out for 1e-3.'),
  );
});
