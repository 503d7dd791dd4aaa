import { DTypeError, gradients, ShapeError, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { categoricalCrossentropy } from './categorical-crossentropy.ts';

const p = tensor([
  [0.5, 0.25, 0.25],
  [0.125, 0.75, 0.125],
]);
const int32 = { dtype: 'int32' } as const;

test('has gradient −1/p at the right class alone, and 0 where p was clipped', () => {
  const x = watch(tensor([[0.5, 0.5, 0]]));
  const gradient = (label: number) => gradients(categoricalCrossentropy(x, tensor([label], int32)), x).toArray();
  expect([gradient(0), gradient(2)]).toEqual([[[-2, 0, 0]], [[0, 0, 0]]]);
});

test('reads rows of rows by their last axis', () => {
  const grid = p.reshape([1, 2, 3]);
  const losses = categoricalCrossentropy(grid, tensor([[0, 1]], int32), { reduction: 'none' });
  expect(losses.shape).toEqual([1, 2]);
  expect(losses.toArray()).toEqual([
    categoricalCrossentropy(p, tensor([0, 1], int32), { reduction: 'none' }).toArray(),
  ]);
});

test('refuses a label that is no class, naming its row', () => {
  expect(() => categoricalCrossentropy(p, tensor([1, 3], int32))).toThrow(
    new ShapeError(
      'categoricalCrossentropy: row 1 has label 3, but 3 classes are numbered 0 … 2. ' +
        'Number them from 0, or give the model more outputs.',
    ),
  );
  expect(() => categoricalCrossentropy(p, tensor([-1, 0], int32))).toThrow(/row 0 has label -1/);
});

test('refuses class indices that are fractions in kind', () => {
  expect(() => categoricalCrossentropy(p, tensor([1, 2]))).toThrow(
    new DTypeError("categoricalCrossentropy: labels must be int32, got float32. Add .cast('int32')."),
  );
});

test('refuses a column of labels, and says how to fix it', () => {
  expect(() => categoricalCrossentropy(p, tensor([[1], [2]], int32))).toThrow(
    new ShapeError(
      'categoricalCrossentropy: for predictions [2, 3], labels must be class indices, shape [2], or class probabilities, shape [2, 3], got shape [2, 1]. Did you mean labels.squeeze(-1)?',
    ),
  );
});

test('refuses probabilities outside 0 … 1, as logits are, and labels that are no class probabilities', () => {
  expect(() => categoricalCrossentropy(tensor([[2, -1, 0]]), tensor([0], int32))).toThrow(
    new RangeError(
      'categoricalCrossentropy: probabilities must be between 0 and 1, got 2 in row 0. ' +
        'For logits use softmaxCrossentropy.',
    ),
  );
  expect(() =>
    categoricalCrossentropy(
      p,
      tensor([
        [0, 1, 0],
        [5, -1, 0],
      ]),
    ),
  ).toThrow(
    new RangeError(
      'categoricalCrossentropy: the class probabilities of each label must be at least 0 and add up to 1, got -1 in ' +
        'row 1. Divide each row by its sum, or give class indices.',
    ),
  );
});

test('refuses a prediction without classes', () => {
  expect(() => categoricalCrossentropy(tensor(0.5), tensor(1, int32))).toThrow(
    /must have a number for each class, got a single one. Use binaryCrossentropy/,
  );
});
