import { gradients, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { logSoftmax } from './log-softmax.ts';

test('of two equal logits is −ln 2', () => {
  expect(logSoftmax(tensor([5, 5], { dtype: 'float64' })).toArray()).toEqual([-Math.LN2, -Math.LN2]);
});

test('is finite where the probability is too small for a number', () => {
  expect(logSoftmax(tensor([0, -5000])).toArray()).toEqual([0, -5000]);
});

test('keeps a logit of −Infinity, with gradient 0 for the others', () => {
  const x = watch(tensor([-Infinity, 0, 0], { dtype: 'float64' }));
  expect(logSoftmax(x).toArray()).toEqual([-Infinity, -Math.LN2, -Math.LN2]);
  expect(gradients(logSoftmax(x).slice(1), x).toArray()).toEqual([0, 0.5, -0.5]);
});

test('works along the axis that is given, and refuses one that does not exist', () => {
  expect(
    logSoftmax(zeros([2, 3], { dtype: 'float64' }), { axis: 0 })
      .slice(1, 2)
      .item(),
  ).toBe(-Math.LN2);
  expect(() => logSoftmax(zeros([2]), { axis: 1 })).toThrow(
    'logSoftmax: there is no axis 1: axes go from -1 to 0. Check x.shape.',
  );
});
