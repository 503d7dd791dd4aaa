import { tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as activations from '../src/index.ts';

const [inf, nan] = [Infinity, NaN];

/** Worked by hand from the formulas: f at −∞, −1000, −1, 0, 1, 1000 and ∞. */
const at = [-inf, -1000, -1, 0, 1, 1000, inf];
const e = Math.E;
const table: readonly (readonly [(x: Tensor) => Tensor, readonly number[]])[] = [
  [activations.elu, [-1, -1, 1 / e - 1, 0, 1, 1000, inf]],
  [activations.celu, [-1, -1, 1 / e - 1, 0, 1, 1000, inf]],
  [activations.silu, [nan, 0, -1 / (1 + e), 0, e / (1 + e), 1000, inf]],
  [activations.hardSigmoid, [0, 0, 1 / 3, 0.5, 2 / 3, 1, 1]],
  [activations.hardSwish, [nan, 0, -1 / 3, 0, 2 / 3, 1000, inf]],
  [activations.hardTanh, [-1, -1, -1, 0, 1, 1, 1]],
  [activations.relu6, [0, 0, 0, 0, 1, 6, 6]],
  [activations.softplus, [0, 0, Math.log(1 + 1 / e), Math.LN2, Math.log(1 + e), 1000, inf]],
  [activations.softsign, [nan, -1000 / 1001, -0.5, 0, 0.5, 1000 / 1001, nan]],
  [activations.tanhShrink, [-inf, -999, Math.tanh(1) - 1, 0, 1 - Math.tanh(1), 999, inf]],
  [activations.softShrink, [-inf, -999.5, -0.5, 0, 0.5, 999.5, inf]],
  [activations.hardShrink, [-inf, -1000, -1, 0, 1, 1000, inf]],
  [activations.logSigmoid, [-inf, -1000, -Math.log(1 + e), -Math.LN2, -Math.log(1 + 1 / e), 0, 0]],
  [activations.threshold, [0, 0, 0, 0, 1, 1000, inf]],
  // (x + √(x² + 4)) / 2, below 0 as 2 / (√(x² + 4) − x)
  [
    activations.squareplus,
    [0, 2 / (Math.sqrt(1000004) + 1000), 2 / (Math.sqrt(5) + 1), 1, (1 + Math.sqrt(5)) / 2, 1000.000999999, inf],
  ],
  [activations.mish, [nan, 0, -Math.tanh(Math.log(1 + 1 / e)), 0, Math.tanh(Math.log(1 + e)), 1000, inf]],
];

describe.each(table.map(([activation, expected]) => ({ name: activation.name, activation, expected })))(
  '$name',
  ({ name, activation, expected }) => {
    test('has the values of its formula, far from 0, too', () => {
      const y = activation(tensor(at, { dtype: 'float64' }));
      for (const [index, value] of expected.entries()) {
        const got = y.data[index]!;
        if (Number.isFinite(value)) {
          expect(Math.abs(got - value), `${name}(${at[index]}) = ${got}`).toBeLessThanOrEqual(1e-12 * Math.abs(value));
        } else expect(got, `${name}(${at[index]})`).toBe(value);
      }
    });
  },
);

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
