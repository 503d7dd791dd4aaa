import { compile, gradients, randomState, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { embedding } from './embedding.ts';

const indices = tensor(
  [
    [2, 0],
    [2, 2],
  ],
  { dtype: 'int32' },
) as Tensor;
const numbered = () =>
  embedding(3, 2, {
    random: randomState(0),
    weight: () =>
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
  });

test('gives the vector of each index', () => {
  expect(numbered()(indices).toArray()).toEqual([
    [
      [5, 6],
      [1, 2],
    ],
    [
      [5, 6],
      [5, 6],
    ],
  ]);
});

test('adds up the gradients of an index that occurs several times, eager and compiled', () => {
  const layer = numbered();
  const step = (x: Tensor): Tensor => gradients(layer(x).sum(), layer.weight) as Tensor;
  const expected = [
    [1, 1],
    [0, 0],
    [3, 3],
  ];
  expect(step(indices).toArray()).toEqual(expected);
  expect(compile(step, wasm)(indices).toArray()).toEqual(expected);
});

test('starts from the normal distribution', () => {
  expect(String(embedding(1, 2, { random: randomState(0) }).weight)).toBe('[[1.7640524 0.4001572]]');
});

test('refuses indices out of bounds, sizes that do not fit, and unknown options', () => {
  expect(() => numbered()(tensor([3], { dtype: 'int32' }))).toThrow(ShapeError);
  expect(() => embedding(0, 2, { random: randomState(0) })).toThrow(
    'embedding(0, 2): count must be a positive integer, got 0. Write embedding(1000, 16, …).',
  );
  expect(() => embedding(3, 2, { random: randomState(0), size: 2 } as never)).toThrow(
    "Unknown option 'size' of embedding",
  );
});
