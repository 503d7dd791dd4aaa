import { gradients, tensor, variable } from '@nn/tensor';
import { expect, test } from 'vitest';
import { regularization, type RegularizationOptions } from './regularization.ts';

const float64 = { dtype: 'float64' } as const;
const weight = variable(tensor([[1, -2, 0.5]], float64), { name: 'weight' });
const bias = variable(tensor([[4, 0, -1]], float64), { name: 'bias' });

test('is l1·Σ|w| + l2·Σw², over all parameters', () => {
  expect(regularization({ weight, bias }, { l1: 0.5 }).item()).toBe(0.5 * 3.5 + 0.5 * 5);
  expect(regularization({ weight, bias }, { l2: 0.25 }).item()).toBe(0.25 * 5.25 + 0.25 * 17);
  expect(regularization({ weight, bias }, { l1: 0.5, l2: 0.25 }).item()).toBe(4.25 + 5.5625);
});

test('takes a record, an array, or one variable', () => {
  for (const parameters of [{ weight }, [weight], weight]) {
    expect(regularization(parameters, { l2: 1 }).item()).toBe(5.25);
  }
});

test('can count some parameters only, so that weights and biases can be penalized differently', () => {
  const parameters = { 'hidden.weight': weight, 'hidden.bias': bias };
  const onWeights = regularization(parameters, { l2: 1, only: (name) => name.endsWith('weight') });
  const onBiases = regularization(parameters, { l1: 1, only: (name) => name.endsWith('bias') });
  expect(onWeights.add(onBiases).item()).toBe(5.25 + 5);
});

test('has gradient l1·sign(w) + 2·l2·w, and 0 at 0', () => {
  const gradient = gradients(regularization({ weight, bias }, { l1: 0.5, l2: 0.25 }), { weight, bias });
  expect(gradient.weight.toArray()).toEqual([[1, -1.5, 0.75]]);
  expect(gradient.bias.toArray()).toEqual([[2.5, 0, -1]]);
});

test('is a 0 that can be added to any loss when nothing is penalized', () => {
  for (const free of [regularization({ weight }, {}), regularization([], { l2: 1 })]) {
    expect([free.shape, free.item()]).toEqual([[], 0]);
    const loss = weight.sum().add(free);
    expect(loss.dtype).toBe('float64');
    expect(gradients(loss, weight).toArray()).toEqual([[1, 1, 1]]);
  }
});

test('refuses options that it does not know', () => {
  const options = { L2: 0.1 } as RegularizationOptions;
  expect(() => regularization({}, options)).toThrow(
    new TypeError("Unknown option 'L2' of regularization. It takes l1, l2, only. Did you mean l2?"),
  );
});

test('refuses a negative, infinite or non-numeric factor', () => {
  expect(() => regularization({ weight }, { l2: -1 })).toThrow(
    new RangeError('regularization: l2 must be a finite number, at least 0, got -1. Leave it out for none.'),
  );
  expect(() => regularization({ weight }, { l1: NaN })).toThrow(RangeError);
  expect(() => regularization({ weight }, { l1: '1' as unknown as number })).toThrow(
    new TypeError('regularization: l1 must be a finite number, at least 0, got string. Leave it out for none.'),
  );
});
