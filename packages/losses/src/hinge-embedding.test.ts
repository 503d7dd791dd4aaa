import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { hingeEmbedding } from './hinge-embedding.ts';

test('is the distance of similar pairs, and what is missing to the margin of others', () => {
  const x = watch(tensor([0.25, 0.25, 3]));
  const losses = hingeEmbedding(x, tensor([1, -1, -1]), { reduction: 'none' });
  expect(losses.toArray()).toEqual([0.25, 0.75, 0]);
  expect(gradients(losses.sum(), x).toArray()).toEqual([1, -1, 0]);
});

test('refuses a margin that is not finite, and targets other than −1 and 1', () => {
  expect(() => hingeEmbedding(tensor([1]), tensor([1]), { margin: Infinity })).toThrow(
    new RangeError('hingeEmbedding: margin must be a finite number, got Infinity. Leave it out for 1.'),
  );
  expect(() => hingeEmbedding(tensor([1]), tensor([0]))).toThrow(/^hingeEmbedding: targets must be -1 or 1, got 0/);
});
