import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { cosineEmbedding } from './cosine-embedding.ts';

const rows = (x: number, y: number) => tensor([[x, y]], { dtype: 'float64' });
const similar = tensor([1]);
const dissimilar = tensor([-1]);

test('depends on the angle alone: 1 − cos for similar rows, cos − margin for others', () => {
  expect(cosineEmbedding(rows(2, 0), rows(0, 5), similar).item()).toBe(1);
  expect(cosineEmbedding(rows(3, 4), rows(30, 40), similar).item()).toBeCloseTo(0, 12);
  expect(cosineEmbedding(rows(1, 0), rows(3, 4), dissimilar, { margin: 0.25 }).item()).toBeCloseTo(0.35, 12);
  expect(cosineEmbedding(rows(1, 0), rows(-3, 4), dissimilar).item()).toBe(0);
});

test('of a row of zeros is 1, with a finite gradient', () => {
  const x = watch(rows(0, 0));
  const loss = cosineEmbedding(x, rows(1, 2), similar);
  expect([loss.item(), [...gradients(loss, x).data].every(Number.isFinite)]).toEqual([1, true]);
});

test('refuses targets that are not one for each row', () => {
  expect(() => cosineEmbedding(zeros([4, 2]), zeros([4, 2]), zeros([4, 2]))).toThrow(
    new ShapeError(
      'cosineEmbedding: for rows [4, 2], target must have one number for each row, shape [4], got [4, 2]. ' +
        'Check that both come from the same rows.',
    ),
  );
  expect(() => cosineEmbedding(rows(1, 0), rows(1, 0), similar, { margin: 2 })).toThrow(
    new RangeError('cosineEmbedding: margin must be a number from -1 to 1, got 2. Leave it out for 0.'),
  );
});
