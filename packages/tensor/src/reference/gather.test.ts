import { expect, test } from 'vitest';
import { arange, type Tensor, tensor, zeros } from '../index.ts';

// Whole runs that share one index are copied at once, so operands lie in every way that a run can cross them.
const x = arange(24).reshape([4, 6]) as Tensor;
const operands: Readonly<Record<string, Tensor>> = {
  'rows that follow each other': x,
  columns: arange(24).reshape([6, 4]).T as Tensor,
  'rows with gaps': arange(48).reshape([4, 12]).slice([], [null, null, 2]) as Tensor,
  'rows backwards': x.slice([], [null, null, -1]) as Tensor,
  'rows from the last on': x.flip(0) as Tensor,
  'one row stretched': arange(6).expand([4, 6]) as Tensor,
  'one column stretched': arange(4).reshape([4, 1]).expand([4, 6]) as Tensor,
  'rows of booleans': x.less(7) as Tensor,
  'rows of one number': arange(4).reshape([4, 1]) as Tensor,
  'rows of nothing': zeros([4, 0]) as Tensor,
};
const order = [3, 0, 0, 2, 1];
const rows = tensor(order, { dtype: 'int32' }) as Tensor;

test.each(Object.entries(operands))('take copies %s', (_, from) => {
  const nested = from.toArray() as number[][];
  expect(from.take(rows, 0).toArray()).toEqual(order.map((row) => nested[row]));
});

test.each(Object.entries(operands))('take along the last axis of the transpose copies %s', (_, from) => {
  const nested = from.toArray() as number[][];
  expect(from.T.take(rows, 1).T.toArray()).toEqual(order.map((row) => nested[row]));
});

test.each(Object.entries(operands).filter(([, { dtype }]) => dtype !== 'bool'))('scatterAdd adds %s', (_, from) => {
  const nested = from.toArray() as number[][];
  const indices = rows.reshape([5, 1]).expand([5, from.shape[1]!]) as Tensor;
  const taken = from.take(rows, 0) as Tensor;
  const sums = nested.map((row, at) => row.map((value) => value * order.filter((one) => one === at).length));
  const nothing = zeros(from.shape, { dtype: from.dtype }) as Tensor;
  expect(nothing.scatterAdd(indices, taken, 0).toArray()).toEqual(sums);
});

test('an index out of bounds in a run is named by its position', () => {
  expect(() => x.take(tensor([1, 4], { dtype: 'int32' }), 0)).toThrow(
    'gather: index 4 at [1, 0] is out of bounds for axis 0 with size 4. Check x.shape.',
  );
});
