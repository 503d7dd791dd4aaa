import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { saturatedNeurons } from './saturated-neurons.ts';

const derivatives = tensor([
  [0.001, 0.2],
  [-0.004, 0.25],
]);

test('are those whose mean derivative is below a hundredth of the largest', () => {
  const { neurons, fractions } = saturatedNeurons(derivatives);
  expect(neurons).toEqual([0]);
  expect(fractions[0]).toBeCloseTo(0.0025, 9);
  // A quarter for sigmoid: 0.0025 / 0.25 is a hundredth, 0.01 · 0.25 is 0.0025.
  expect(saturatedNeurons(derivatives, { largest: 0.125 }).neurons).toEqual([]);
});

test('refuses derivatives of another shape, and a fraction of 1', () => {
  expect(() => saturatedNeurons(tensor([1]))).toThrow(/derivatives must have shape \[N, neurons\], got \[1\]/);
  expect(() => saturatedNeurons(derivatives, { fraction: 1 })).toThrow(RangeError);
});
