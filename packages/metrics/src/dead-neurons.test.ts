import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { deadNeurons } from './dead-neurons.ts';

test('are those that have been silent for as many epochs, without a break', () => {
  const outputs = tensor([
    [0, 0, 1],
    [0, 1, 0],
    [0, 0, 0],
  ]);
  expect(deadNeurons(outputs, { epochs: 3 })).toEqual({ found: true, neurons: [0], silentEpochs: [3, 1, 2] });
  expect(deadNeurons(outputs).found).toBe(false);
  expect(deadNeurons(outputs, { epochs: 2 }).neurons).toEqual([0, 2]);
});

test('refuses outputs of another shape, and no epochs', () => {
  expect(() => deadNeurons(tensor([0]))).toThrow(
    'deadNeurons: what was recorded must have shape [epochs, neurons], got [1]. ' +
      'Write stack(values) for a list with one tensor for each epoch.',
  );
  expect(() => deadNeurons(tensor([[0]]), { epochs: 0 })).toThrow(
    new RangeError('deadNeurons: epochs must be a positive integer, got 0. Leave it out for 20.'),
  );
});
