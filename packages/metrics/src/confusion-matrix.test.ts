import { compile, DTypeError, ShapeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import { confusionMatrix } from './confusion-matrix.ts';

const numbers = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

describe('confusionMatrix', () => {
  test('has the right classes in rows and the predicted ones in columns', () => {
    const matrix = confusionMatrix(numbers([1, 1, 2, 0]), numbers([0, 1, 2, 0]));
    expect(String(matrix)).toBe('[[1 1 0]\n [0 1 0]\n [0 0 1]]');
    expect(matrix.dtype).toBe('int32');
  });

  test('has as many classes as the rows of logits, or one-hot labels, have columns', () => {
    const logits = tensor([
      [0, 9, 0],
      [9, 0, 0],
    ]);
    const oneHot = tensor([
      [0, 1, 0],
      [0, 1, 0],
    ]);
    const wanted = '[[0 0 0]\n [1 1 0]\n [0 0 0]]';
    expect(String(confusionMatrix(logits, numbers([1, 1])))).toBe(wanted);
    expect(String(confusionMatrix(numbers([1, 0]), oneHot))).toBe(wanted);
    expect(String(confusionMatrix(logits, oneHot))).toBe(wanted);
  });

  test('has as many classes as the largest label needs, wherever it is, or as many as given', () => {
    expect(confusionMatrix(numbers([2, 0]), numbers([0, 1])).shape).toEqual([3, 3]);
    expect(confusionMatrix(numbers([0, 0]), numbers([0, 3])).shape).toEqual([4, 4]);
    expect(confusionMatrix(numbers([0, 0]), numbers([0, 1]), { classes: 5 }).shape).toEqual([5, 5]);
    expect(String(confusionMatrix(numbers([]), numbers([]), { classes: 2 }))).toBe('[[0 0]\n [0 0]]');
  });

  test('shows only the classes of a list, in that order', () => {
    const [predicted, actual] = [numbers([0, 2, 1, 2]), numbers([0, 2, 2, 0])];
    expect(String(confusionMatrix(predicted, actual, { classes: [2, 0] }))).toBe('[[1 0]\n [1 1]]');
    expect(String(confusionMatrix(predicted, actual, { classes: [-7, 2] }))).toBe('[[0 0]\n [0 1]]');
  });

  test('adds up weights', () => {
    const matrix = confusionMatrix(numbers([0, 0, 1]), numbers([0, 0, 0]), { weights: tensor([0.5, 2, 4]) });
    expect(matrix.toArray()).toEqual([
      [2.5, 4],
      [0, 0],
    ]);
    expect(matrix.dtype).toBe('float64');
  });

  test('divides by the totals of rows, of columns, or of all, and gives 0 for 0/0', () => {
    const fractions = (normalize: 'labels' | 'prediction' | 'all') =>
      confusionMatrix(numbers([0, 1, 1, 1]), numbers([0, 0, 1, 1]), { classes: 3, normalize }).toArray();
    expect(fractions('labels')).toEqual([
      [0.5, 0.5, 0],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(fractions('prediction')).toEqual([
      [1, 1 / 3, 0],
      [0, 2 / 3, 0],
      [0, 0, 0],
    ]);
    expect(fractions('all')).toEqual([
      [0.25, 0.25, 0],
      [0, 0.5, 0],
      [0, 0, 0],
    ]);
  });

  test('refuses labels and predictions out of range', () => {
    expect(() => confusionMatrix(numbers([0, 0]), numbers([0, 2]), { classes: 2 })).toThrow(
      new ShapeError(
        'confusionMatrix: row 1 has label 2, but 2 classes are numbered 0 … 1. ' +
          'Number them from 0, or give the model more outputs.',
      ),
    );
    expect(() => confusionMatrix(numbers([0, 3]), numbers([0, 0]), { classes: 2 })).toThrow('row 1 has label 3');
    expect(() => confusionMatrix(numbers([0, -1]), numbers([0, 0]))).toThrow('row 1 has label -1');
    expect(() => confusionMatrix(zeros([1, 3]), numbers([3]))).toThrow('row 0 has label 3');
  });

  test('refuses a number or a list of classes that is not valid', () => {
    expect(() => confusionMatrix(numbers([0]), numbers([0]), { classes: 1.5 })).toThrow(ShapeError);
    for (const classes of [[], [1, 1], [0.5]]) {
      expect(() => confusionMatrix(numbers([0]), numbers([0]), { classes })).toThrow(
        new ShapeError(
          `confusionMatrix: a list of classes must hold different integers, at least one, got ` +
            `[${classes.join(', ')}]. Give the number of classes to show all of them.`,
        ),
      );
    }
  });

  test('asks for the number of classes when there are no samples', () => {
    expect(() => confusionMatrix(numbers([]), numbers([]))).toThrow(
      new ShapeError(
        'confusionMatrix: the number of classes cannot be found without samples. ' +
          'Write { classes: 3 }, or as many as there are.',
      ),
    );
  });

  test('needs the number of classes in a compiled function', () => {
    const labels = numbers([0, 1, 1]);
    expect(() => compile((x: Tensor) => confusionMatrix(x, x), wasm)(labels)).toThrow(
      new TypeError(
        'confusionMatrix: the number of classes is not known while compile traces the function. ' +
          'Write { classes: 3 }, or as many as there are.',
      ),
    );
    const counted = compile((x: Tensor) => confusionMatrix(x, x, { classes: 2 }), wasm);
    expect(String(counted(labels))).toBe('[[1 0]\n [0 2]]');
  });

  test('refuses labels that are not int32, and weights that do not fit', () => {
    expect(() => confusionMatrix(tensor([0, 1]), tensor([0, 1]))).toThrow(DTypeError);
    expect(() => confusionMatrix(numbers([0]), numbers([0]), { weights: tensor([1, 2]) })).toThrow(
      new ShapeError(
        'confusionMatrix: weights must have one number for each of the 1 rows, shape [1], got [2]. Reshape them.',
      ),
    );
  });

  test('refuses another way to normalize', () => {
    const normalize = 'true' as 'labels';
    expect(() => confusionMatrix(numbers([0]), numbers([0]), { normalize })).toThrow(
      new TypeError(
        "confusionMatrix: normalize must be 'labels', 'prediction' or 'all', got true. Leave it out for counts.",
      ),
    );
  });
});
