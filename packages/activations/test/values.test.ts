import { tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as activations from '../src/index.ts';

const [inf, nan] = [Infinity, NaN];

/** Worked by hand from the formulas: f at −∞, −1000, −1, 0, 1, 1000 and ∞. */
const at = [-inf, -1000, -1, 0, 1, 1000, inf];
const e = Math.E;
const table: Readonly<Record<string, readonly number[]>> = {
  elu: [-1, -1, 1 / e - 1, 0, 1, 1000, inf],
  celu: [-1, -1, 1 / e - 1, 0, 1, 1000, inf],
  silu: [nan, 0, -1 / (1 + e), 0, e / (1 + e), 1000, inf],
  hardSigmoid: [0, 0, 1 / 3, 0.5, 2 / 3, 1, 1],
  hardSwish: [nan, 0, -1 / 3, 0, 2 / 3, 1000, inf],
  hardTanh: [-1, -1, -1, 0, 1, 1, 1],
  relu6: [0, 0, 0, 0, 1, 6, 6],
  softplus: [0, 0, Math.log(1 + 1 / e), Math.LN2, Math.log(1 + e), 1000, inf],
  softsign: [nan, -1000 / 1001, -0.5, 0, 0.5, 1000 / 1001, nan],
  tanhShrink: [-inf, -999, Math.tanh(1) - 1, 0, 1 - Math.tanh(1), 999, inf],
  softShrink: [-inf, -999.5, -0.5, 0, 0.5, 999.5, inf],
  hardShrink: [-inf, -1000, -1, 0, 1, 1000, inf],
  logSigmoid: [-inf, -1000, -Math.log(1 + e), -Math.LN2, -Math.log(1 + 1 / e), 0, 0],
  threshold: [0, 0, 0, 0, 1, 1000, inf],
  // (x + √(x² + 4)) / 2, below 0 as 2 / (√(x² + 4) − x)
  squareplus: [
    0,
    2 / (Math.sqrt(1000004) + 1000),
    2 / (Math.sqrt(5) + 1),
    1,
    (1 + Math.sqrt(5)) / 2,
    1000.000999999,
    inf,
  ],
  mish: [nan, 0, -Math.tanh(Math.log(1 + 1 / e)), 0, Math.tanh(Math.log(1 + e)), 1000, inf],
};

describe.each(Object.entries(table))('%s', (name, expected) => {
  const activation = activations[name as 'elu'] as (x: Tensor) => Tensor;

  test('has the values of its formula, far from 0, too', () => {
    const y = activation(tensor(at, { dtype: 'float64' }));
    for (const [index, value] of expected.entries()) {
      const got = y.data[index]!;
      if (Number.isFinite(value)) {
        expect(Math.abs(got - value), `${name}(${at[index]}) = ${got}`).toBeLessThanOrEqual(1e-12 * Math.abs(value));
      } else expect(got, `${name}(${at[index]})`).toBe(value);
    }
  });
});

test('an option out of range is refused', () => {
  const x = tensor([1]);
  expect(() => activations.elu(x, { alpha: 0 })).toThrow(RangeError);
  expect(() => activations.celu(x, { alpha: NaN })).toThrow(RangeError);
  expect(() => activations.softplus(x, { beta: -1 })).toThrow(
    'softplus: beta must be a finite number above 0, got -1.',
  );
  expect(() => activations.hardTanh(x, { low: 1, high: 0 })).toThrow(
    'hardTanh: high must be a number above low, got 0.',
  );
  expect(() => activations.softShrink(x, { lambda: -0.5 })).toThrow(RangeError);
});
