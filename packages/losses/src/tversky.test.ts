import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { dice } from './dice.ts';
import { tversky } from './tversky.ts';

const p = tensor([[1, 1, 0, 0]], { dtype: 'float64' });
const target = tensor([[1, 0, 1, 1]]);

test('counts false and missed answers by their own weights', () => {
  // One right, one false, two missed.
  const loss = tversky(p, target, { alpha: 1, beta: 3, smooth: 1 });
  expect(loss.item()).toBeCloseTo(1 - 2 / (1 + 1 + 3 * 2 + 1), 15);
});

test('with halves and half the smooth is the Dice loss', () => {
  expect(tversky(p, target, { smooth: 0.5 }).item()).toBeCloseTo(dice(p, target).item(), 15);
});

test('takes a power, with a gradient of 0 where the loss is 0', () => {
  expect(tversky(p, target, { gamma: 2 }).item()).toBeCloseTo(tversky(p, target).item() ** 2, 15);
  const right = watch(tensor([[1, 0]]));
  const loss = tversky(right, tensor([[1, 0]]), { gamma: 0.5 });
  expect([loss.item(), ...gradients(loss, right).data]).toEqual([0, 0, 0]);
});

test('refuses negative weights', () => {
  expect(() => tversky(p, target, { alpha: -1 })).toThrow(
    new RangeError('tversky: alpha must be a finite number, at least 0, got -1. Leave it out for 0.5.'),
  );
});
