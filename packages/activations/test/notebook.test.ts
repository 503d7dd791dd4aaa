import { fault, goldenCases, type GoldenTensor, read } from '@nn/golden';
import { type Nested, tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { leakyRelu, relu, sigmoid, softmax, swish, tanh } from '../src/index.ts';

interface Cell {
  readonly cell: number | string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly printed?: string;
  readonly printed2?: string;
  readonly tolerance: { readonly abs: number; readonly rel: number };
}

const cells = goldenCases<Cell>(new URL('../golden/notebook.json', import.meta.url));

function cellOf(name: number | string): Cell {
  return cells.find(({ cell }) => cell === name)!;
}

/** The expected tensor of that name. */
const want = ({ expected }: Cell, name: string): GoldenTensor => expected[name] as GoldenTensor;

function faultOf(got: Tensor, cell: Cell, name: string, { abs, rel } = cell.tolerance): string | undefined {
  expect(got.shape).toEqual(want(cell, name).shape);
  expect(got.dtype).toBe(want(cell, name).dtype);
  return fault(got.data, want(cell, name).data, { atol: abs, rtol: rel });
}

describe('the notebook’s cells', () => {
  test('66: ReLU is the larger of 0 and x', () => {
    const cell = cellOf(66);
    expect(faultOf(relu(read(cell.inputs['x'] as GoldenTensor, 'float64')), cell, 'output')).toBeUndefined();
  });

  test('67: softmax of three rows prints the same digits, and its rows add up to 1', () => {
    const cell = cellOf(67);
    const probabilities = softmax(tensor(cell.inputs['inputs'] as Nested, { dtype: 'float64' }));
    expect(faultOf(probabilities, cell, 'probabilities')).toBeUndefined();
    expect(String(probabilities)).toBe(cell.printed);
    const sums = probabilities.sum(1);
    expect(faultOf(sums, cell, 'row_sums')).toBeUndefined();
    expect(`array(${String(sums).replaceAll(' ', ', ')})`).toBe(cell.printed2);
  });

  test('68: softmax of large scores does not overflow, and float32 keeps to NumPy’s float32', () => {
    const cell = cellOf(68);
    const large = softmax(tensor(cell.inputs['x_float64'] as Nested, { dtype: 'float64' }));
    expect(faultOf(large, cell, 'output_float64', { abs: 0, rel: 4e-16 })).toBeUndefined();
    const small = softmax(tensor(cell.inputs['x_float32'] as Nested));
    expect(faultOf(small, cell, 'output_float32')).toBeUndefined();
  });

  test.each([69, 82])('%i: the untrained network’s probabilities print the same digits', (name) => {
    const cell = cellOf(name);
    const [x, first, second] = ['x', 'dense1_weights', 'dense2_weights'].map((each) =>
      read(want(cell, each), 'float32'),
    );
    const probabilities = softmax(relu(x!.matmul(first!)).matmul(second!));
    expect(faultOf(probabilities, cell, 'softmax_all')).toBeUndefined();
    expect(String(probabilities.slice([0, 5]))).toBe(cell.printed);
  });
});

describe('the formulas of the notebook’s text', () => {
  const cell = cellOf('text:activations');
  const x = read(cell.inputs['x'] as GoldenTensor, 'float64');

  test.each([
    ['sigmoid', sigmoid],
    ['tanh', tanh],
    ['tanh_by_stated_formula', tanh],
    ['relu', relu],
    ['leaky_relu_0.01', leakyRelu],
    ['leaky_relu_0.1', (of: Tensor) => leakyRelu(of, { negativeSlope: 0.1 })],
    ['leaky_relu_0.2', (of: Tensor) => leakyRelu(of, { negativeSlope: 0.2 })],
    ['swish', swish],
  ] as const)('%s', (name, activation) => {
    expect(faultOf(activation(x), cell, name)).toBeUndefined();
  });

  test('softmax takes 5.1 to 0.90 and 2.2 to 0.05', () => {
    const text = cellOf('text:softmax');
    const probabilities = softmax(tensor(text.inputs['x'] as Nested, { dtype: 'float64' }));
    expect(faultOf(probabilities, text, 'softmax')).toBeUndefined();
    expect(Array.from(probabilities.mul(100).round().div(100).data)).toEqual(text.expected['rounded_2']);
  });
});
