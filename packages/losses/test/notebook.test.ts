import { fault, goldenCases, type GoldenTensor, read } from '@nn/golden';
import { type Nested, tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { categoricalCrossentropy, meanAbsoluteError, meanSquaredError } from '../src/index.ts';

interface Cell {
  readonly cell: number | string;
  readonly inputs: Readonly<Record<string, Nested>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly printed?: string;
  readonly tolerance: { readonly abs: number; readonly rel: number };
}

const cells = goldenCases<Cell>(new URL('../golden/notebook.json', import.meta.url));

function cellOf(name: number | string): Cell {
  return cells.find(({ cell }) => cell === name)!;
}

const doubles = (values: Nested | undefined): Tensor => tensor(values!, { dtype: 'float64' });
const labels = (values: Nested | undefined): Tensor => tensor(values!, { dtype: 'int32' });

function faultOf(got: Tensor, want: unknown, { tolerance: { abs, rel } }: Cell): string | undefined {
  const data = typeof want === 'number' ? [want] : (want as GoldenTensor).data;
  return fault(got.data, data, { atol: abs, rtol: rel });
}

const none = { reduction: 'none' } as const;

describe('the notebook’s cells', () => {
  test('70: the losses by class index and by one-hot labels print the same digits, and so does their mean', () => {
    const cell = cellOf(70);
    const { neg_log: each, average_loss: average } = cell.expected;
    const p = doubles(cell.inputs['softmax_outputs']);
    const printed = ['class_targets_sparse', 'class_targets_onehot'].flatMap((name) => {
      const y = labels(cell.inputs[name]);
      const losses = categoricalCrossentropy(p, y, none);
      const mean = categoricalCrossentropy(p, y);
      expect(faultOf(losses, each, cell)).toBeUndefined();
      expect(faultOf(mean, average, cell)).toBeUndefined();
      return [String(losses), String(mean)];
    });
    expect(printed.join('\n')).toBe(cell.printed);
  });

  test('71: a loss is the mean of the samples’ losses', () => {
    const { inputs, expected } = cellOf(71);
    const losses = doubles(inputs['sample_losses']);
    expect(meanAbsoluteError(losses, losses.mul(0)).item()).toBe(expected['mean']);
  });

  test('72: probabilities are clipped on both sides, and shares go into the logarithm', () => {
    const cell = cellOf(72);
    const p = doubles(cell.inputs['y_pred']);
    for (const name of ['y_sparse', 'y_onehot']) {
      const losses = categoricalCrossentropy(p, labels(cell.inputs[name]), none);
      expect(faultOf(losses, cell.expected['sample_losses'], cell)).toBeUndefined();
    }
    const soft = cell.expected['soft_label_example'] as Readonly<Record<'y' | 'y_pred', Nested>> & {
      readonly as_written: GoldenTensor;
    };
    const losses = categoricalCrossentropy(doubles(soft.y_pred), doubles(soft.y), none);
    expect(faultOf(losses, soft.as_written, cell)).toBeUndefined();
  });

  test('72: labels of another rank are refused, with the reason', () => {
    const cell = cellOf(72);
    const y = labels([[[0, 0, 2]]]);
    expect(y.shape).toEqual(cell.inputs['y_bad_shape']);
    expect(() => categoricalCrossentropy(doubles(cell.inputs['y_pred']), y)).toThrow(
      'categoricalCrossentropy: for predictions [3, 3], labels must be class indices, shape [3], or class probabilities, shape [3, 3], got shape [1, 1, 3]. Check that the model has one output for each class.',
    );
  });

  test('73: the loss of one-hot labels prints the same digits', () => {
    const cell = cellOf(73);
    const loss = categoricalCrossentropy(doubles(cell.inputs['softmax_outputs']), labels(cell.inputs['class_targets']));
    expect(String(loss)).toBe(cell.printed);
  });

  test('82: the untrained network’s loss prints the same digits, by class index and one-hot', () => {
    const { expected } = cellOf(82);
    const p = read(expected['softmax_all'] as GoldenTensor, 'float32');
    const y = labels(Array.from({ length: 300 }, (_, row) => Math.floor(row / 100)));
    const { value } = expected['loss'] as { readonly value: number };
    for (const each of [y, y.expandDims(1).equal(labels([0, 1, 2]))]) {
      const loss = categoricalCrossentropy(p, each);
      expect(loss.dtype).toBe('float32');
      expect(loss.item()).toBe(Math.fround(value));
      expect(String(loss)).toBe('1.0986068');
    }
  });
});

test('the squared error of the notebook’s text, for each element, each sample, and all', () => {
  const { inputs, expected } = cellOf('text:mse');
  const [prediction, target] = [doubles(inputs['predicted']), doubles(inputs['target'])];
  const squares = meanSquaredError(prediction, target, none);
  expect(squares.toArray()).toEqual(expected['squared']);
  expect(squares.mean(1).toArray()).toEqual(expected['per_sample_mean']);
  expect(meanSquaredError(prediction, target).item()).toBe(expected['mean']);
});
