import { fault, goldenCases, unitsApart } from '@nn/golden';
import { gradients, tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { leakyRelu, logSoftmax, relu, sigmoid, softmax, swish, tanh } from '../src/index.ts';

type Tail =
  | { readonly op: 'sigmoid' | 'tanh' | 'swish'; readonly x: number[]; readonly y: number[]; readonly slope?: number[] }
  | { readonly op: 'softmax' | 'logSoftmax'; readonly rows: number[][]; readonly y: number[][] };

const tails = goldenCases<Tail>(new URL('../golden/tails.json', import.meta.url));
const float64 = { dtype: 'float64' } as const;

/** The largest distance in units in the last place, and where it is. */
function furthest(got: ArrayLike<number>, want: readonly number[]): { units: number; at: number } {
  const units = want.map((value, at) => unitsApart(got[at]!, value));
  const most = Math.max(...units);
  return { units: most, at: units.indexOf(most) };
}

describe('far from 0', () => {
  test.each([
    ['sigmoid', sigmoid],
    ['tanh', tanh],
  ] as const)('%s is right to 4 units in the last place of float64', (op, activation) => {
    const tail = tails.find((each) => each.op === op) as Tail & { op: 'sigmoid' };
    const y = activation(tensor(tail.x, float64));
    expect(furthest(y.data, tail.y).units).toBeLessThanOrEqual(4);
  });

  test('swish is right to 4 units while sigmoid itself is a normal number, and loses only what is below 1e-304', () => {
    const tail = tails.find(({ op }) => op === 'swish') as Tail & { op: 'swish' };
    const y = swish(tensor(tail.x, float64)).data;
    const normal = tail.x.map((x) => x >= -708);
    expect(
      furthest(
        y.filter((_, at) => normal[at]),
        tail.y.filter((_, at) => normal[at]),
      ).units,
    ).toBeLessThanOrEqual(4);
    expect(fault(y, tail.y, { atol: 1e-304, rtol: 1e-15 })).toBeUndefined();
  });

  test.each([
    ['sigmoid', sigmoid],
    ['swish', swish],
  ] as const)('%s has the right gradient', (op, activation) => {
    const tail = tails.find((each) => each.op === op) as Tail & { op: 'sigmoid' };
    const x = watch(tensor(tail.x, float64));
    const gradient = gradients(activation(x).sum(), x);
    expect(fault(gradient.data, tail.slope!, { atol: 1e-300, rtol: 1e-14 })).toBeUndefined();
  });

  const rows = (op: Tail['op']): Tail & { op: 'softmax' } =>
    tails.find((each) => each.op === op) as Tail & { op: 'softmax' };

  test('softmax is right to 4 units in the last place of float64', () => {
    const tail = rows('softmax');
    expect(furthest(softmax(tensor(tail.rows, float64)).data, tail.y.flat()).units).toBeLessThanOrEqual(4);
  });

  test('logSoftmax is right to 4 units in the last place of its value, or of 1 where the probability rounds to 1', () => {
    const tail = rows('logSoftmax');
    const y = logSoftmax(tensor(tail.rows, float64)).data;
    expect(fault(y, tail.y.flat(), { atol: Number.EPSILON, rtol: 4 * Number.EPSILON })).toBeUndefined();
  });

  test.each([
    ['relu', relu],
    ['leakyRelu', leakyRelu],
    ['sigmoid', sigmoid],
    ['tanh', tanh],
    ['swish', swish],
    ['softmax', softmax],
    ['logSoftmax', logSoftmax],
  ] as const)('%s and its gradient are finite at ±1e4', (_, activation) => {
    for (const dtype of ['float32', 'float64'] as const) {
      const x = watch(tensor([-1e4, 1e4], { dtype }));
      const y = activation(x);
      const gradient = gradients(y.mul(tensor([1, 2], { dtype })).sum(), x);
      expect([...y.data, ...gradient.data].every(Number.isFinite)).toBe(true);
    }
  });
});
