import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanSquaredError } from './mean-squared-error.ts';

test('is 0, with gradient 0, where the prediction is right', () => {
  const x = watch(tensor([1, 2]));
  const loss = meanSquaredError(x, tensor([1, 2]));
  expect([loss.item(), gradients(loss, x).toArray()]).toEqual([0, [0, 0]]);
});

test('has a gradient of twice the error, divided among the elements', () => {
  const [x, y] = [watch(tensor([1, 5])), watch(tensor([2, 2]))];
  const gradient = gradients(meanSquaredError(x, y), [x, y]);
  expect(gradient.map((each) => each.toArray())).toEqual([
    [-1, 3],
    [1, -3],
  ]);
});

test('of int32 may be a fraction', () => {
  const whole = { dtype: 'int32' } as const;
  expect(meanSquaredError(tensor([1, 2], whole), tensor([1, 3], whole)).item()).toBe(0.5);
});

test.each([
  [[4, 1], [4], 'Did you mean target.expandDims(-1)?'],
  [[4], [4, 1], 'Did you mean target.squeeze(-1)?'],
  [[4, 2], [2, 4], 'Did you mean target.T?'],
  [[2, 6], [3, 4], 'Did you mean target.reshape([2, 6])?'],
  [[4, 3], [4], 'Check that both come from the same rows, and that the model has one output for each target.'],
])('refuses prediction %j and target %j, and says how to fix it', (prediction, target, hint) => {
  expect(() => meanSquaredError(zeros(prediction), zeros(target))).toThrow(
    new ShapeError(
      `meanSquaredError: prediction [${prediction.join(', ')}] and target [${target.join(', ')}] must have one shape, ` +
        `so that each prediction meets its own target. ${hint}`,
    ),
  );
});
