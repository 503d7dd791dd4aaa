import { readFileSync } from 'node:fs';
import { leakyRelu, relu, sigmoid, softmax, swish, tanh } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, type Model, randomNormal, sequential } from '@nn/layers';
import { categoricalCrossentropy, meanSquaredError } from '@nn/losses';
import { accuracy } from '@nn/metrics';
import { type DType, gradients, type Nested, randomState, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';

// Every code cell of the notebook, written with the packages; its numbers are compared within their tolerances. The printed
// text is compared in `apps/docs/test/cells.test.ts`. `golden/notebook.json` was recorded with NumPy 1.24; the cells `text:…`
// are formulas from the text.

interface Cell {
  readonly cell: number | string;
  readonly inputs: Readonly<Record<string, Nested>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: { readonly abs: number; readonly rel: number };
}

interface Recorded {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

const file = new URL('../golden/notebook.json', import.meta.url);
const cells = JSON.parse(readFileSync(file, 'utf8')) as readonly Cell[];

function cell(name: number | string): Cell {
  return cells.find((one) => one.cell === name)!;
}

const wanted = ({ expected }: Cell, name: string): Recorded => expected[name] as Recorded;

/** The recorded numbers as a tensor. */
const recorded = ({ data, shape, dtype }: Recorded): Tensor => tensor(data, { dtype }).reshape(shape);

function expectClose(got: Tensor, want: Recorded, { tolerance: { abs, rel } }: Cell): void {
  expect(got.shape).toEqual(want.shape);
  const { data } = got;
  const wrong = want.data.flatMap((value, at) =>
    Math.abs(data[at]! - value) <= abs + rel * Math.abs(value) ? [] : [{ at, got: data[at], want: value }],
  );
  expect(wrong).toEqual([]);
}

const float64 = { dtype: 'float64' } as const;

describe('dot products, neurons and layers', () => {
  test('cell 60: a row times a matrix', () => {
    const one = cell(60);
    const dot = tensor(one.inputs['a']!).dot(tensor(one.inputs['b']!));
    expectClose(dot, wanted(one, 'dot'), one);
  });

  test('cell 61: a layer of neurons with a single input', () => {
    const one = cell(61);
    const dot = tensor(one.inputs['w']!).dot(tensor(one.inputs['x']!));
    const output = dot.add(tensor(one.inputs['biases']!));
    expectClose(dot, wanted(one, 'dot'), one);
    expectClose(output, wanted(one, 'output'), one);
  });

  test.each([62, 63, 64])('cell %i: layers of neurons with a batch of inputs', (number) => {
    const one = cell(number);
    const { inputs, ...layers } = one.inputs;
    const names = Object.keys(layers).filter((name) => name.startsWith('weights'));
    let x = tensor(inputs!) as Tensor;
    for (const [index, name] of names.entries()) {
      const biases = one.inputs[name.replace('weights', 'biases')]!;
      x = x.dot(tensor(one.inputs[name]!).T).add(tensor(biases)) as Tensor;
      expectClose(x, wanted(one, names.length === 1 ? 'output' : `output${index + 1}`), one);
    }
  });

  test('cell 65: the dense layer with randomNormal(0.01) draws 0.01 · randn, and adds its biases', () => {
    const one = cell(65);
    const layer = dense(2, 3, { random: randomState(0), weight: randomNormal(0.01) });
    const { weight, bias } = layer.parameters as {
      weight: Model['parameters'][string];
      bias: Model['parameters'][string];
    };
    expectClose(weight, wanted(one, 'weights'), one);
    expectClose(bias.reshape([1, 3]), wanted(one, 'zero_biases'), one);
    const x = recorded(one.inputs['X']! as unknown as Recorded);
    expectClose(layer(x), wanted(one, 'forward_as_written'), one);
    bias.assign(recorded(one.inputs['biases_for_this_test']! as unknown as Recorded).reshape([3]));
    expectClose(layer(x), wanted(one, 'forward_with_biases'), one);
  });
});

describe('activations', () => {
  test('cell 66: ReLU', () => {
    const one = cell(66);
    expectClose(relu(recorded(one.inputs['x']! as unknown as Recorded)), wanted(one, 'output'), one);
  });

  test('cell 67: softmax step by step', () => {
    const one = cell(67);
    const inputs = tensor(one.inputs['inputs']!, float64);
    const values = inputs.sub(inputs.max(1, { keepdims: true })).exp();
    const probabilities = values.div(values.sum(1, { keepdims: true }));
    expectClose(values, wanted(one, 'exp_values'), one);
    expectClose(probabilities, wanted(one, 'probabilities'), one);
    expectClose(probabilities.sum(1), wanted(one, 'row_sums'), one);
    expectClose(softmax(inputs), wanted(one, 'probabilities'), one);
  });

  test('cell 68: softmax, however large the logits', () => {
    const one = cell(68);
    const exact = { ...one, tolerance: { abs: 0, rel: 4e-16 } };
    expectClose(softmax(tensor(one.inputs['x_float64']!, float64)), wanted(one, 'output_float64'), exact);
    expectClose(softmax(tensor(one.inputs['x_float32']!)), wanted(one, 'output_float32'), one);
  });

  test('the formulas of the text', () => {
    const one = cell('text:activations');
    const x = recorded(one.inputs['x']! as unknown as Recorded);
    expectClose(sigmoid(x), wanted(one, 'sigmoid'), one);
    expectClose(tanh(x), wanted(one, 'tanh'), one);
    expectClose(tanh(x), wanted(one, 'tanh_by_stated_formula'), one);
    expectClose(relu(x), wanted(one, 'relu'), one);
    for (const negativeSlope of [0.01, 0.1, 0.2]) {
      expectClose(leakyRelu(x, { negativeSlope }), wanted(one, `leaky_relu_${negativeSlope}`), one);
    }
    expectClose(swish(x), wanted(one, 'swish'), one);

    const softmaxes = cell('text:softmax');
    const softened = softmax(tensor(softmaxes.inputs['x']!, float64));
    expectClose(softened, wanted(softmaxes, 'softmax'), softmaxes);
    expect(softened.mul(100).round().div(100).toArray()).toEqual(softmaxes.expected['rounded_2']);
  });
});

describe('losses', () => {
  test('cell 70: crossentropy of class indices and of one-hot labels, by hand', () => {
    const one = cell(70);
    const outputs = tensor(one.inputs['softmax_outputs']!, float64);
    const targets = tensor(one.inputs['class_targets_sparse']!, { dtype: 'int32' });
    const chosen = outputs.gather(targets.expandDims(1), 1).squeeze(1) as Tensor;
    const masked = outputs.mul(tensor(one.inputs['class_targets_onehot']!, float64)).sum(1) as Tensor;
    for (const predictions of [chosen, masked]) {
      expectClose(predictions, wanted(one, 'predictions'), one);
      const logs = predictions.log().neg();
      expectClose(logs, wanted(one, 'neg_log'), one);
      expect(logs.mean().item()).toBe(one.expected['average_loss']);
    }
  });

  test('cell 71: the loss of a batch is the mean over its samples', () => {
    const one = cell(71);
    expect(tensor(one.inputs['sample_losses']!).mean().item()).toBe(one.expected['mean']);
  });

  test('cell 72: labels as numbers or one-hot; any other rank is refused', () => {
    const one = cell(72);
    const prediction = tensor(one.inputs['y_pred']!, float64);
    const labels = tensor(one.inputs['y_sparse']!, { dtype: 'int32' });
    const each = { reduction: 'none' } as const;
    expectClose(categoricalCrossentropy(prediction, labels, each), wanted(one, 'sample_losses'), one);
    expectClose(
      categoricalCrossentropy(prediction, tensor(one.inputs['y_onehot']!, float64), each),
      wanted(one, 'sample_losses'),
      one,
    );
    const cube = tensor([1, 1, 1]).reshape(one.inputs['y_bad_shape']! as readonly number[]);
    expect(() => categoricalCrossentropy(prediction, cube)).toThrow(ShapeError);
    const soft = one.expected['soft_label_example'] as { readonly y: Nested; readonly as_written: Recorded };
    const outputs = tensor(cell(70).inputs['softmax_outputs']!, float64);
    expectClose(categoricalCrossentropy(outputs, tensor(soft.y, float64), each), soft.as_written, one);
  });

  test('cell 73: the loss as one function', () => {
    const one = cell(73);
    const loss = categoricalCrossentropy(
      tensor(one.inputs['softmax_outputs']!, float64),
      tensor(one.inputs['class_targets']!, float64),
    );
    expect(loss.item()).toBe(one.expected['loss']);
  });

  test('the mean squared error of the text', () => {
    const one = cell('text:mse');
    const [predicted, target] = [tensor(one.inputs['predicted']!), tensor(one.inputs['target']!)];
    const squared = meanSquaredError(predicted, target, { reduction: 'none' });
    expect(squared.toArray()).toEqual(one.expected['squared']);
    expect(squared.mean(1).toArray()).toEqual(one.expected['per_sample_mean']);
    expect(meanSquaredError(predicted, target).item()).toBe(one.expected['mean']);
  });
});

describe('the whole forward pass', () => {
  /** The network and the data of the cell, drawn from the state that the notebook's random generator has there. */
  function forward(one: Cell): { x: Tensor; y: Tensor; model: Model; output: Tensor } {
    const random = randomState(0);
    random.randn(one.inputs['discard_normals_first'] as number);
    const { x, y } = spiral({ samples: 100, classes: 3, random });
    const options = { random, weight: randomNormal(0.01) };
    const model = sequential(dense(2, 3, options), relu, dense(3, 3, options), softmax);
    return { x, y, model, output: model(x) };
  }

  test.each([69, 82])('cell %i: the same draws, the same numbers', (number) => {
    const one = cell(number);
    const { x, y, model, output } = forward(one);
    // One unit in the last place of float32 for what is drawn.
    const drawn = { ...one, tolerance: { abs: 1e-9, rel: 1.2e-7 } };
    expectClose(x, wanted(one, 'x'), drawn);
    expect([...y.data].map(String).join('')).toBe('0'.repeat(100) + '1'.repeat(100) + '2'.repeat(100));
    expectClose(model.parameters['0.weight']!, wanted(one, 'dense1_weights'), drawn);
    expectClose(model.parameters['2.weight']!, wanted(one, 'dense2_weights'), drawn);
    expectClose(output, wanted(one, 'softmax_all'), one);
  });

  test('cell 82: loss and accuracy', () => {
    const one = cell(82);
    const { y, output } = forward(one);
    const loss = categoricalCrossentropy(output, y);
    const share = accuracy(output, y);
    const wantedOf = (name: string): number => (one.expected[name] as { readonly value: number }).value;
    expect(Math.abs(loss.item() - wantedOf('loss'))).toBeLessThanOrEqual(one.tolerance.abs);
    expect(share.item()).toBe(wantedOf('accuracy'));
    expect(share.item() * 300).toBeCloseTo(Number(one.expected['correct_count']), 10);
  });

  test('every parameter has a gradient of its shape', () => {
    const { y, model, output } = forward(cell(82));
    const found = gradients(categoricalCrossentropy(output, y), model.parameters);
    for (const [name, parameter] of Object.entries(model.parameters))
      expect(found[name]!.shape).toEqual(parameter.shape);
  });
});
