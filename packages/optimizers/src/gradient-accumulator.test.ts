import { ShapeError, tensor, type Tensor, type Variable, variable } from '@nn/tensor';
import { expect, test } from 'vitest';
import { gradientAccumulator } from './gradient-accumulator.ts';

const model = (): { layer: { w: Variable }; b: Variable } => ({
  layer: { w: variable(tensor([1, 2]) as Tensor) },
  b: variable(tensor(3, { dtype: 'float64' }) as Tensor),
});
const given = (w: number, b: number) => ({ layer: { w: tensor([w, 2 * w]) }, b: tensor(b, { dtype: 'float64' }) });
const taken = (gradients: object) => {
  const { layer, b } = gradients as ReturnType<typeof given>;
  return [...layer.w.data, ...b.data];
};

test('gives the mean by weight, and starts again', () => {
  const sums = gradientAccumulator(model());
  sums.add(given(1, 5), 3);
  sums.add(given(5, 1), tensor(1));
  expect(taken(sums.take())).toEqual([2, 4, 4]);
  sums.add(given(7, NaN));
  expect(taken(sums.take())).toEqual([7, 14, NaN]);
  sums.add(given(8, 9));
  expect(taken(sums.take())).toEqual([8, 16, 9]);
});

test('keeps its state by name', () => {
  const [one, other] = [gradientAccumulator(model()), gradientAccumulator(model())];
  expect(Object.keys(one.state)).toEqual(['weights', 'layer.w.sum', 'b.sum']);
  one.add(given(1, 2), 2);
  for (const [name, value] of Object.entries(one.state)) other.state[name]!.assign(value);
  other.add(given(4, 5));
  expect(taken(other.take())).toEqual([2, 4, 3]);
});

test('refuses gradients and weights that do not fit, and nothing has changed', () => {
  const sums = gradientAccumulator(model());
  sums.add(given(1, 2));
  expect(() => sums.add({ ...given(1, 2), b: tensor([1], { dtype: 'float64' }) })).toThrow(
    new ShapeError(
      "gradientAccumulator.add: the gradient of 'b' must have shape [], got [1]. Reshape it, or check where it comes from.",
    ),
  );
  expect(() => sums.add(given(1, 2), 0)).toThrow(
    new RangeError(
      'gradientAccumulator.add: weight must be a finite number above 0, got 0. Give the rows of the batch.',
    ),
  );
  expect(taken(sums.take())).toEqual([1, 2, 2]);
});
