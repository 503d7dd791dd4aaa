import { ones, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { newtonSchulz, type NewtonSchulzOptions } from './newton-schulz.ts';

test('zeros stay zeros, and the transposed matrix gives the transposed result', () => {
  expect(newtonSchulz(tensor([[0, 0]])).toArray()).toEqual([[0, 0]]);
  const g = tensor([
    [1, 2, 3],
    [0, -1, 1],
  ]);
  expect(newtonSchulz(g.T as Tensor).toArray()).toEqual(newtonSchulz(g as Tensor).T.toArray());
});

test('what is no matrix is refused', () => {
  expect(() => newtonSchulz(ones([2, 2, 2]))).toThrow(
    new ShapeError('newtonSchulz: g must be a matrix of shape [rows, columns], got shape [2, 2, 2]. Reshape it.'),
  );
  expect(() => newtonSchulz(ones([2, 2]), { steps: 1.5 } as NewtonSchulzOptions)).toThrow(
    new RangeError('newtonSchulz: steps must be a positive integer, got 1.5. Leave it out for 5.'),
  );
});
