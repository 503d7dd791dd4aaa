import { describe, expect, test } from 'vitest';
import { gradients, tensor, watch } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { apply } from '../src/tensor.ts';
import { derivativeErrors } from './finite-differences.ts';
import { tensorWithLayout, layouts } from './layouts.ts';
import { samples } from './samples.ts';

const all = Object.entries(operations) as [keyof typeof operations, Operation][];
const differentiable = all.filter(([, operation]) => operation.derivative !== undefined);

// Operations without a gradient: comparisons, indices, random numbers, and detach.
const stops = [
  'all',
  'any',
  'argmax',
  'argmin',
  'bitwiseAnd',
  'bitwiseNot',
  'bitwiseOr',
  'bitwiseXor',
  'detach',
  'equal',
  'greater',
  'greaterEqual',
  'leftShift',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalNot',
  'logicalOr',
  'logicalXor',
  'notEqual',
  'rightShift',
  'roundFloat16',
  'uniform',
];

describe('every operation', () => {
  test('has samples, also one without elements', () => {
    for (const [name] of all) {
      const withoutElements = samples[name].some(
        ({ inputs, settings }) =>
          inputs.some(({ values }) => values.length === 0) ||
          (settings as { readonly shape?: readonly number[] } | undefined)?.shape?.includes(0),
      );
      expect(withoutElements, name).toBe(true);
    }
  });

  test('has a derivative, or is listed as one without a gradient', () => {
    const without = all.filter(([, { derivative }]) => derivative === undefined).map(([name]) => name as string);
    expect(without.toSorted()).toEqual(stops);
  });

  test('is listed under its own name', () => {
    expect(all.map(([, { name }]) => name)).toEqual(all.map(([name]) => name));
  });
});

describe.each(differentiable)('the derivative of %s', (name, operation) => {
  test.each(layouts)('agrees with difference quotients for %s inputs', (layout) => {
    const faults = samples[name].map((sample) => derivativeErrors(operation, sample, layout, 1));
    expect(faults).toEqual(samples[name].map(() => []));
  });

  test.each(layouts)('has a derivative that agrees with difference quotients for %s inputs', (layout) => {
    const faults = samples[name].map((sample) => derivativeErrors(operation, sample, layout, 2));
    expect(faults).toEqual(samples[name].map(() => []));
  });

  test('has the shape and dtype of the input, also in float32', () => {
    for (const { inputs, settings } of samples[name]) {
      const operands = inputs.map((input) => {
        const operand = tensorWithLayout(input, input.dtype ?? 'float32', 'contiguous', undefined);
        return input.dtype ? operand : watch(operand);
      });
      const result = apply(operation, operands, settings as never);
      const watched = operands.filter(({ dtype }) => dtype === 'float32');
      const found = gradients(result.sum(), watched);
      expect(found.map(({ shape }) => shape)).toEqual(watched.map(({ shape }) => shape));
      expect(found.map(({ dtype }) => dtype)).toEqual(watched.map(() => 'float32'));
      expect(found.every(({ data }) => data.every(Number.isFinite))).toBe(true);
    }
  });
});

describe('a wrong derivative is caught', () => {
  const exp = operations.exp;
  const [sample] = samples.exp;

  test.each([
    ['that is off by a factor', { ...exp, derivative: [(g, _, output) => g.mul(output).mul(1.01)] }],
    ['that ignores the gradient of the output', { ...exp, derivative: [(_g, _, output) => output] }],
    ['that has the wrong sign', { ...exp, derivative: [(g, _, output) => g.mul(output).neg()] }],
    ['that is missing', { ...exp, derivative: [undefined] }],
  ] satisfies [string, typeof exp][])('%s', (_, planted) => {
    for (const layout of layouts) expect(derivativeErrors(planted, sample!, layout, 1)).not.toEqual([]);
  });

  test('in the second order, if only the first is right', () => {
    const planted: typeof exp = { ...exp, derivative: [(g, _, output) => g.mul(output.detach())] };
    for (const layout of layouts) {
      expect(derivativeErrors(planted, sample!, layout, 1)).toEqual([]);
      expect(derivativeErrors(planted, sample!, layout, 2)).not.toEqual([]);
    }
  });
});

describe('gradients end', () => {
  test.each(all.filter(([, { derivative }]) => derivative === undefined))('at %s', (name, operation) => {
    const { inputs, settings } = samples[name][0]!;
    const operands = inputs.map((input) => {
      const operand = tensorWithLayout(input, input.dtype ?? 'float64', 'contiguous', undefined);
      return input.dtype ? operand : watch(operand);
    });
    expect(apply(operation, operands, settings as never).requiresGrad).toBe(false);
  });

  test('at piecewise constant functions: their gradient is 0', () => {
    const x = watch(tensor([0.5, -1.5]));
    const loss = x
      .floor()
      .add(x.ceil())
      .add(x.round())
      .add(x.sign())
      .div(tensor([0, 1]))
      .sum();
    expect(gradients(loss, x).toArray()).toEqual([0, 0]);
  });
});
