import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { marginRanking } from './margin-ranking.ts';

test('is 0 where the one that should be larger is ahead by the margin', () => {
  const [first, second] = [watch(tensor([3, 1, 1])), watch(tensor([1, 3, 0.5]))];
  const losses = marginRanking(first, second, tensor([1, 1, 1]), { margin: 1, reduction: 'none' });
  expect(losses.toArray()).toEqual([0, 3, 0.5]);
  const [a, b] = gradients(losses.sum(), [first, second]);
  expect([a!.add(0).toArray(), b!.add(0).toArray()]).toEqual([
    [0, -1, -1],
    [0, 1, 1],
  ]);
});

test('refuses scores of different shapes, by their names', () => {
  expect(() => marginRanking(zeros([2]), zeros([2, 1]), zeros([2]))).toThrow(
    new ShapeError(
      'marginRanking: first [2] and second [2, 1] must have one shape, so that each first meets its own second. ' +
        'Did you mean second.squeeze(-1)?',
    ),
  );
});
