import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { jaccard } from './jaccard.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

test('is what two sets share, among what either has', () => {
  expect(jaccard(indices(1, 1, 1, 0), indices(1, 1, 0, 1)).item()).toBe(2 / 4);
  expect(jaccard(indices(0, 0), indices(0, 0)).item()).toBe(0);
});
