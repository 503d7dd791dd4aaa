import { describe, expect, test } from 'vitest';
import {
  checkGradients,
  compile,
  customGradient,
  DTypeError,
  slidingWindows,
  stepRandom,
  type Tensor,
  tensor,
  variable,
} from '../index.ts';
import { wasm } from '../wasm/index.ts';

/** x² with the gradient of x²/2, or of another function. */
const wrongSquare = customGradient(
  (x: Tensor) => x.mul(x),
  (g, [x]) => [g.mul(x)],
);

describe('checkGradients accepts', () => {
  const x = tensor([
    [0.5, -1.25, 2],
    [3, -0.75, 1.5],
  ]);
  const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    'a scalar function': (a) => a.pow(3).sum(),
    'a function with many results': (a) => a.exp().matmul(a.T).tanh(),
    'values far from 1': (a) => a.mul(1e6).abs().log().mul(1e-6),
    'a derivative of 0 beside large third derivatives': (a) => a.sub(a.detach()).pow(3).mul(1),
    'a function that does not depend on x': () => tensor([1, 2]),
    'overlapping windows': (a) => slidingWindows(a, [1], [2]).pow(2),
    'a function that computes in float32': (a) => a.cast('float32').exp(),
  };

  test.each(Object.entries(functions))('%s', (_, f) => {
    const report = checkGradients(f, x);
    expect(report.errors).toEqual([]);
    expect([report.passed, report.elements, String(report)]).toEqual([true, 6, 'all 6 gradients are right']);
  });

  test('variables that the function reads, in float64, and leaves them as they are', () => {
    const parameters = { w: variable(tensor([1, 2])), layer: [variable(tensor(3), { name: 'bias' })] } as const;
    const calls = variable(tensor(0));
    const report = checkGradients(() => {
      calls.assign(calls.add(1));
      return parameters.w.mul(1e-4).add(1e4).pow(2).mul(parameters.layer[0]).sum();
    }, parameters);
    expect(report.errors).toEqual([]);
    expect([parameters.w.toArray(), parameters.w.dtype, calls.item()]).toEqual([[1, 2], 'float32', 0]);
  });

  test('functions that draw random numbers', () => {
    const random = stepRandom(0);
    const f = (x: Tensor): Tensor => x.pow(2).mul(random.bernoulli(0.5, [2, 3]));
    expect(checkGradients(f, x).passed).toBe(true);
  });
});

describe('checkGradients names the elements that are wrong', () => {
  test('in a table, with the largest error first', () => {
    const report = checkGradients((x) => wrongSquare(x), tensor(3));
    expect(report.passed).toBe(false);
    expect(report.errors).toHaveLength(1);
    expect(report.errors[0]!.relativeError).toBeCloseTo(0.5, 6);
    expect(String(report)).toBe(
      [
        '1 of 1 gradients is wrong',
        '  element  numeric  analytic  relative error',
        '  x[]            6         3             0.5',
      ].join('\n'),
    );
  });

  test('by target and index, among right ones', () => {
    const f = ({ a, b }: { readonly a: Tensor; readonly b: readonly Tensor[] }): Tensor =>
      a.sum().add(
        wrongSquare(b[1]!)
          .mul(
            tensor([
              [1, 0],
              [0, 1],
            ]),
          )
          .sum(),
      );
    const one = tensor([
      [1, 2],
      [3, 4],
    ]);
    const { elements, errors } = checkGradients(f, { a: one, b: [one, one] });
    expect(elements).toBe(12);
    expect(new Set(errors.map(({ target, index }) => `${target} ${index.join()}`))).toEqual(
      new Set(['x.b[1] 0,0', 'x.b[1] 1,1']),
    );
  });

  test('ten of them, and how many more', () => {
    const lines = String(checkGradients((x) => wrongSquare(x), tensor(Array(12).fill(2)) as Tensor)).split('\n');
    expect([lines[0], lines.length, lines.at(-1)]).toEqual(['12 of 12 gradients are wrong', 13, '  … and 2 more']);
  });

  test('by the tolerance that is given', () => {
    const slightly = customGradient(
      (x: Tensor) => x.mul(x),
      (g, [x]) => [g.mul(x).mul(2.002)],
    );
    expect(checkGradients((x) => slightly(x), tensor(3)).passed).toBe(false);
    expect(checkGradients((x) => slightly(x), tensor(3), { tolerance: 0.01 }).passed).toBe(true);
  });

  test('also where the gradient is NaN', () => {
    // sqrt has an infinite derivative at 0, and 0 · ∞ is NaN.
    const { errors } = checkGradients((x) => x.sqrt().mul(0), tensor([0, 1]));
    expect(errors.map(({ index }) => index)).toEqual([[0]]);
  });
});

describe('checkGradients refuses', () => {
  const x = tensor([1, 2]);

  test('integers, and a tolerance that is not positive', () => {
    expect(() => checkGradients((a) => a.greater(0), x)).toThrow(
      new DTypeError('checkGradients: the value must be float32 or float64, got bool. Others have no gradients.'),
    );
    expect(() => checkGradients((a: Tensor) => a, tensor([1], { dtype: 'int32' }))).toThrow(DTypeError);
    expect(() => checkGradients((a) => a, x, { tolerance: 0 })).toThrow(RangeError);
  });

  test('to run inside a compiled function', () => {
    const step = compile((a: Tensor) => {
      checkGradients((b) => b.mul(2), a);
      return a;
    }, wasm);
    expect(() => step(x)).toThrow('checkGradients: numbers are not known while a function is traced. Call it outside.');
  });
});
