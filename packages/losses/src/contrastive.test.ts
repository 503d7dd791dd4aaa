import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { contrastive } from './contrastive.ts';

const origin = tensor([[0, 0]]);

test('is half the squared distance of similar rows, and of what is missing to the margin for others', () => {
  const x = watch(tensor([[3, 4]]));
  expect(contrastive(x, origin, tensor([0])).item()).toBe(12.5);
  const loss = contrastive(x, origin, tensor([1]), { margin: 10 });
  expect(loss.item()).toBe(12.5);
  // −(margin − D) · x / D
  expect(gradients(loss, x).data).toEqual(new Float32Array([-3, -4]));
  expect(contrastive(x, origin, tensor([1]), { margin: 5 }).item()).toBe(0);
});

test('has a finite gradient where dissimilar rows are equal', () => {
  const x = watch(tensor([[0, 0]]));
  expect(gradients(contrastive(x, origin, tensor([1])), x).data.every(Number.isFinite)).toBe(true);
});

test('refuses targets of −1 and says what 0 and 1 mean', () => {
  expect(() => contrastive(origin, origin, tensor([-1]))).toThrow(
    new RangeError('contrastive: targets must be 0 or 1, got -1 in row 0. 0 means similar, 1 dissimilar.'),
  );
});
