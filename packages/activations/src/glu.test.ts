import { gradients, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { glu } from './glu.ts';

test('lets as much of the first half pass as the sigmoid of the second half says', () => {
  expect(glu(tensor([[1, 2, 0, 1000]]) as Tensor).toArray()).toEqual([[0.5, 2]]);
  expect(
    glu(
      tensor([
        [8, 2],
        [0, -1000],
      ]) as Tensor,
      { axis: 0 },
    ).toArray(),
  ).toEqual([[4, 0]]);
});

test('has gradients for both halves', () => {
  const x = watch(tensor([3, 0])) as Tensor;
  // a · s(b): s(0) = 1/2 for a, a · s(0) · (1 − s(0)) = 3/4 for b
  expect(gradients(glu(x).sum(), x).toArray()).toEqual([0.5, 0.75]);
});

test('refuses an axis that cannot be halved', () => {
  expect(() => glu(zeros([2, 3]) as Tensor)).toThrow(ShapeError);
  expect(() => glu(zeros([2, 3]) as Tensor)).toThrow('axis 1 of [2, 3] has odd length 3');
});
